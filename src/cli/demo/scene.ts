import { type Answer, listAt, textAt } from './answer.ts';
import type { Region } from './build-region.ts';
import { systemOf } from './build-region.ts';
import { SYSTEMS } from './code-systems.ts';
import type { Findings } from './findings.ts';
import type { CallingSystem } from './http-client.ts';
import type { ReportNumbers } from './invent-reports.ts';
import type { DemoPerson } from './people.ts';
import type { Random } from './random.ts';
import type { Clinician, DemoHospital, DemoInstitution } from './region.ts';
import type { Print } from './terminal.ts';

/** What every chapter of the story works with. */
export interface Scene {
  readonly print: Print;
  readonly region: Region;
  readonly random: Random;
  readonly numbers: ReportNumbers;
  readonly findings: Findings;
  /** When the story began. */
  readonly now: Date;
  /** What the access log must have by the end. */
  readonly traces: Trace[];
}

/** One access the log must tell of: who asked, in which way, and how it ended. */
export interface Trace {
  readonly what: string;
  readonly interaction: string;
  readonly institution: DemoInstitution;
  readonly clinician?: Clinician;
  readonly person?: DemoPerson;
  readonly outcome: 'success' | 'refused';
  readonly purpose?: string;
}

/** The identity document as the flat routes take it. */
export function identityOf(person: DemoPerson): { readonly identifier: { readonly system: string; readonly value: string } } {
  return { identifier: { system: SYSTEMS.idCard, value: person.idCard } };
}

/** A clinician of a hospital at work: every request names the hospital's system and the doctor. */
export class Desk {
  readonly hospital: DemoHospital;
  readonly system: CallingSystem;
  private readonly scene: Scene;

  constructor(scene: Scene, hospital: DemoHospital) {
    this.scene = scene;
    this.hospital = hospital;
    this.system = systemOf(scene.region, hospital);
  }

  /** Asks whether the items have a recognisable prior result. */
  async check(person: DemoPerson, encounter: string, items: readonly string[]): Promise<Answer> {
    const body = { patient: identityOf(person), encounter, setting: 'outpatient', trigger: 'order-entry', items };
    const answer = await this.system.send('POST', '/v1/recognition-checks', { acting: this.acting, body });
    this.trace(`check for ${person.name}`, 'checkRecognition', person, 'success');
    return answer.expectOk('The check');
  }

  /** The clinician's look-up of prior results; a refusal is a possible answer. */
  async lookUp(patient: string, person: DemoPerson, expected: Trace['outcome']): Promise<Answer> {
    const acting = this.acting;
    const answer = await this.system.fhir(
      (client, options) =>
        client.operation({ name: '$prior-results', resourceType: 'Patient', id: patient, method: 'GET', input: { _count: 50 }, options }),
      acting,
    );
    this.trace(`look-up of ${person.name}`, 'priorResults', person, expected);
    return answer;
  }

  /** Reads one resource as text, to the letter. */
  async read(reference: string): Promise<Answer> {
    return this.system.send('GET', `/fhir/${reference}`, { acting: this.acting, headers: { accept: 'application/fhir+json' } });
  }

  /** Notes what the access log must have of a step that was just taken. */
  trace(what: string, interaction: string, person: DemoPerson, outcome: Trace['outcome']): void {
    this.scene.traces.push({ what, interaction, institution: this.hospital, clinician: this.hospital.doctor, person, outcome });
  }

  get acting(): { readonly clinician: Clinician } {
    return { clinician: this.hospital.doctor };
  }
}

/** The answers of a check by item. */
export function itemsOf(check: Answer): ReadonlyMap<string, unknown> {
  return new Map(listAt(check.body, 'items').map((it) => [textAt(it, 'item'), it]));
}

/** The verdicts of a check, as `item verdict`. */
export function verdictsOf(check: Answer): readonly string[] {
  return listAt(check.body, 'items').map((it) => `${textAt(it, 'item')} ${textAt(it, 'verdict')}`);
}
