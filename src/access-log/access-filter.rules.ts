import type { AccessKey } from './access-entry-id.ts';

/** Which entries of the log somebody wants; what is absent does not narrow. */
export interface AccessFilter {
  /** These entries alone. */
  readonly keys?: readonly AccessKey[] | undefined;
  /** All keys of the human being; an empty list meets nothing. */
  readonly persons?: readonly bigint[] | undefined;
  /** The reader is the institution that acted: persons are named only where something of theirs was shown (see `discreet`). */
  readonly discreet?: boolean | undefined;
  /** The reader is the patient: what is about others, and how the hospital's systems are reached, is left out (see `asPatientSees`). */
  readonly ownLog?: boolean | undefined;
  /** Number of the institution that acted. */
  readonly institution?: number | undefined;
  readonly practitioner?: { readonly system?: string; readonly value: string } | undefined;
  readonly client?: string | undefined;
  /** Entries that name this resource, or rest on this Consent, in whatever version: `DiagnosticReport/…`. */
  readonly entity?: string | undefined;
  /** Inclusive. */
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly until?: Date | undefined;
  readonly action?: string | undefined;
  readonly interaction?: string | undefined;
  /** One of these. */
  readonly outcomes?: readonly number[] | undefined;
  readonly purpose?: string | undefined;
  readonly reviewDue?: boolean | undefined;
  /** Emergency accesses that wait for their review, or have had it. */
  readonly review?: 'open' | 'reviewed' | undefined;
  /** Requests alone, without the decisions on consents that were asked in them. */
  readonly requestsOnly?: boolean | undefined;
  /** The beginning of the address the request came from. */
  readonly address?: string | undefined;
  /** All of these. */
  readonly traits?: readonly EntityTrait[] | undefined;
  /** All of these. */
  readonly kinds?: readonly AccessKind[] | undefined;
}

/** What an AuditEvent has an entity of; each entry that has one like it is meant. */
export type EntityTrait =
  /** Whose data it is, the request as it was asked, what was shown or stored first where no request is told, either of the two, the request’s id. */
  | { readonly is: 'patient' | 'query' | 'data' | 'object' | 'request' }
  /** What was shown or stored beside, by its type; `Consent` for what it rests on as well. */
  | { readonly is: 'record'; readonly type: string }
  | ({ readonly is: 'named' } & EntityName);

/** An identifier of an entity (`what.identifier`), by all that it may be one of; of nothing where none is given. */
export interface EntityName {
  readonly person?: bigint | undefined;
  readonly request?: string | undefined;
  /** Of what is no resource of FHIR: `RecognitionCheck/…`. */
  readonly record?: string | undefined;
  /** The address of the policy that a decision rests on. */
  readonly policy?: string | undefined;
}

/** What a FHIR AuditEvent calls the access: its type, or one of its subtypes. */
export type AccessKind =
  | 'authentication'
  | 'decision'
  | 'disclosure'
  | 'rest'
  | 'create'
  | 'read'
  | 'vread'
  | 'update'
  | 'patch'
  | 'delete'
  | 'search-type'
  | 'operation'
  | HistoryKind;

/** The interactions of FHIR by which several versions are shown. */
type HistoryKind = 'history-instance' | 'history-type' | 'history-system';

/** operationIds of the doors to histories, whatever the action: of one resource, of a type, of all. */
export const HISTORIES: ReadonlyMap<string, HistoryKind> = new Map([
  ['showHistory', 'history-instance'],
  ['showTypeHistory', 'history-type'],
  ['showSystemHistory', 'history-system'],
]);

/** operationIds of the doors at which callers prove who they are. */
export const AUTHENTICATIONS = ['issueToken', 'introspectToken', 'revokeToken'] as const;

/** operationIds of the doors at which a part of a resource is changed. */
export const PATCHES = ['patchResource', 'patchByCriteria'] as const;

/**
 * What the entry of an export is called: no door, but what a list that shows persons comes to where all of it is streamed as a file. It is a disclosure (IHE BALP, Privacy
 * Disclosure): what was exported is in nobody's keeping any more who is bound by this exchange. A look under a patient's consent, also at what
 * another institution has published, is none: it is what the exchange is for, stays under its rules, and is logged as the read or search it is.
 */
export const EXPORTS = ['exportAccessLog', 'exportSavings', 'exportLeads', 'exportRecalls'] as const;

/** AuditEvent.action of a list that is read, a query, or of all of it that is exported, which is a read. */
export function actionOfList(interaction: string): 'R' | 'E' {
  return EXPORTS.some((it) => it === interaction) ? 'R' : 'E';
}

/** How the operationId of a search begins; every other door whose action is E is an operation. For JavaScript and PostgreSQL alike. */
export const SEARCHES = '^(search|list|priorResults)';
