import type { Reader, Transaction } from '../database/client.ts';
import type { References } from '../database/reference-memory.ts';
import type { Failure } from '../failure.ts';
import type { Identifier } from '../fhir/element.ts';
import type { Json } from '../fhir/exact-json.ts';
import type { Caller } from '../security/caller.ts';
import type { Category } from './category.ts';
import type { SensitiveCodes } from './label.rules.ts';
import type { RowAccess } from './row-access.ts';
import type { Sensitivity } from './sensitivity.ts';

/** What a caller may see of a person's results from other institutions. */
export interface Permission {
  /** Why: a consent in force, the region's policy where none is on file, an emergency access, or not at all. */
  readonly basis: 'consent' | 'policy' | 'emergency' | 'none';
  /** The permitted kinds of result; empty without permission. */
  readonly categories: readonly Category[];
  /** Whether resources of no category (encounters, conditions …) are permitted too: only where all categories are. */
  readonly uncategorised: boolean;
  /** Kinds of sensitive information that a permit in force names; what is sensitive otherwise is not shown. */
  readonly sensitivities: readonly Sensitivity[];
  /** The consents it rests on, for the log: `Consent/…/_history/1`; policies by their addresses. */
  readonly consents: readonly string[];
  /**
   * Where the permission is narrower than whole categories: the rows it covers. The lists above then name every category that some row may be
   * seen of, and every sensitivity that some permit names. Absent: the lists say it all.
   */
  readonly rows?: RowAccess;
}

/** The permission of whoever has none. */
export const NO_PERMISSION: Permission = { basis: 'none', categories: [], uncategorised: false, sensitivities: [], consents: [] };

/** One access for the log; the caller and the time are given beside it. */
export interface Access {
  /** 0n where nobody is concerned. */
  readonly person: bigint;
  /** AuditEvent.action. */
  readonly action: 'C' | 'R' | 'U' | 'D' | 'E';
  /** operationId of the door. */
  readonly interaction: string;
  /** What was shown or stored, as versioned references. */
  readonly entities: readonly string[];
  readonly query?: string;
  /** What was decided of the person's consent for this access, where it was asked: an entry of its own. */
  readonly permission?: Permission;
}

/** A resource as a transaction or a single interaction has just stored it. */
export interface StoredResource {
  readonly type: string;
  readonly person: bigint;
  readonly id: bigint;
  readonly version: number;
  /** The parsed content; `null` for a deletion. */
  readonly content: Json | null;
}

/**
 * What the rooms above add to the interactions with resources. The interactions know these duties and no feature;
 * `server.ts` hands them the functions that do them.
 */
export interface Custody {
  /**
   * persons: whose each Patient is, in the order given. Throws `identity-mismatch`, `rule-violated`. New documents are written down.
   */
  identify(tx: Transaction, caller: Caller, patients: readonly PatientClaim[], now: Date): Promise<readonly bigint[]>;
  /** persons: all keys of the human being a key stands for, itself first. */
  keysOfPerson(reader: Reader, person: bigint): Promise<readonly bigint[]>;
  /** persons: every two of the keys that stand for one human being. */
  linksAmong(reader: Reader, persons: readonly bigint[]): Promise<readonly (readonly [bigint, bigint])[]>;
  /**
   * persons: all keys of the human being that a document, or a number of the caller's own, stands for; none where it stands for nobody. The
   * statements are the same for both.
   */
  personsBy(reader: Reader, caller: Caller, identifier: Identifier): Promise<readonly bigint[]>;
  /** persons: of these identifier systems, those that no Patient was ever published with, in the order given. */
  unknownDomains(reader: Reader, systems: readonly string[]): Promise<readonly string[]>;
  /** consents: what the caller may see of this person from other institutions. */
  permission(reader: Reader, persons: readonly bigint[], caller: Caller, now: Date): Promise<Permission>;
  /** catalogue: the codes by which results of this institution say that they are sensitive. One statement where they are not remembered. */
  sensitiveCodes(references: References, reader: Reader, institution: number, at: Date): Promise<SensitiveCodes>;
  /** reports, consents, institutions, catalogue: throws `rule-violated` with every reason, before anything is stored. */
  accept(resources: readonly { readonly path: string; readonly content: Json }[], caller: Caller, now: Date): void;
  /** conformance: throws `rule-violated` where a resource does not keep a profile that it claims and that a loaded package defines. */
  conform(reader: Reader, resources: readonly { readonly path: string; readonly content: Json }[]): Promise<void>;
  /**
   * conformance: the codes of a value set by its canonical; with a direction those of `system|code` and of all codes below or above it.
   * `undefined` where the value set or the code system is not known here.
   */
  expand(
    reader: Reader,
    caller: Caller,
    wanted: string,
    direction?: 'above' | 'below',
  ): Promise<readonly { readonly system: string; readonly code: string }[] | undefined>;
  /** reports: throws `conflict` for a new version that may not follow the one that stands. */
  acceptChanges(changes: readonly Change[]): void;
  /** consents, institutions, catalogue: rows of their own that follow the resource, in the same transaction. */
  keep(tx: Transaction, caller: Caller, stored: readonly StoredResource[], now: Date): Promise<void>;
  /** access-log: in the transaction given, or, without one, committed together with others before it resolves. */
  record(tx: Transaction | null, caller: Caller, accesses: readonly Access[], now: Date): Promise<void>;
  /** access-log: a refusal that is not the answer to the whole request, such as one entry of a batch. */
  refuse(caller: Caller, interaction: string, failure: Failure, now: Date): Promise<void>;
}

/** A new version about to be stored. */
export interface Change {
  readonly path: string;
  readonly former: Json;
  readonly content: Json;
  /** The caller has named the version it replaces (If-Match). */
  readonly isNamed: boolean;
}

/** A Patient about to be stored. */
export interface PatientClaim {
  readonly path: string;
  readonly content: Json;
  /** The person key of the Patient's earlier version, on update. */
  readonly person?: bigint;
}
