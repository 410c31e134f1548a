import type { FastifyInstance } from 'fastify';
import type { CatalogueItem } from '../catalogue/items/find-items.ts';
import type { Practitioner } from '../security/caller.ts';
import type { Auditor } from './auditor.ts';
import type { Period } from './calendar.rules.ts';
import type { Doors } from './doors.ts';
import type { Level, Preset } from './preset.ts';
import type { PlannedInstitution } from './region.rules.ts';

/** An institution as the exchange knows it. */
export interface SimulatedInstitution extends PlannedInstitution {
  /** Its number in the exchange. */
  readonly number: number;
  /** Its calling system. */
  readonly client: string;
  /** `Endpoint/…`, where its images are. */
  readonly archive: string;
}

/** Everything a person meets. */
export interface Region {
  readonly doors: Doors;
  readonly preset: Preset;
  readonly seed: string;
  readonly period: Period;
  readonly institutions: readonly SimulatedInstitution[];
  readonly items: ReadonlyMap<string, CatalogueItem>;
}

/** The same with the gateway that does what is done beside the requests, and who looks into its books. */
export interface WholeRegion extends Region {
  readonly app: FastifyInstance;
  readonly auditor: Auditor;
}

/** Institutions of a level, those of a district where it has any. */
export function institutionsOf(region: Pick<Region, 'institutions'>, level: Level, district?: string): readonly SimulatedInstitution[] {
  const all = region.institutions.filter((it) => it.level === level);
  const near = all.filter((it) => it.district === district);
  return near.length > 0 ? near : all;
}

/** A doctor of a department, who does not exist. */
export function doctorOf(institution: SimulatedInstitution, department: string, number: number): Practitioner {
  return {
    system: 'urn:oid:2.16.156.10011.1.4',
    value: `${institution.uscc.slice(-6)}-${department}-${number}`,
    name: `${department}医师${number}`,
  };
}
