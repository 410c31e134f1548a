import { readDate, type TimeRange } from './date.ts';
import { codingsOf, identifiersOf, isObject, objectsOf, referenceOf, textOf } from './element.ts';
import type { Json, JsonValue } from './exact-json.ts';

/**
 * A search parameter as this server offers it: what type it is (R4, 3.1.1.4.4) and which elements it looks at.
 *
 * A path walks down by member names; lists on the way are followed in all of their elements.
 */
export interface SearchParameter {
  readonly name: string;
  readonly type: 'token' | 'reference' | 'date';
  readonly path: string;
  /** The type that references of this parameter point at, where it is only one. */
  readonly target?: string;
}

const token = (name: string, path: string): SearchParameter => ({ name, type: 'token', path });
const reference = (name: string, path: string, target?: string): SearchParameter => ({
  name,
  type: 'reference',
  path,
  ...(target ? { target } : {}),
});
const date = (name: string, path: string): SearchParameter => ({ name, type: 'date', path });

/** `subject` and `patient` of the types whose subject may be a patient. */
const ofSubject = [
  reference('subject', 'subject'),
  reference('patient', 'subject', 'Patient'),
  reference('encounter', 'encounter', 'Encounter'),
];

const COMMON: readonly SearchParameter[] = [token('identifier', 'identifier')];

/** The parameters of each type beside those common to all; the first date parameter is the one results are ordered by. */
const PARAMETERS: Readonly<Record<string, readonly SearchParameter[]>> = {
  Patient: [
    token('gender', 'gender'),
    token('active', 'active'),
    reference('organization', 'managingOrganization', 'Organization'),
    date('birthdate', 'birthDate'),
  ],
  Organization: [token('active', 'active'), token('type', 'type'), reference('partof', 'partOf', 'Organization')],
  Practitioner: [token('active', 'active')],
  PractitionerRole: [
    reference('practitioner', 'practitioner', 'Practitioner'),
    reference('organization', 'organization', 'Organization'),
    token('specialty', 'specialty'),
  ],
  Location: [token('status', 'status'), reference('organization', 'managingOrganization', 'Organization')],
  Encounter: [...ofSubject.slice(0, 2), token('status', 'status'), token('class', 'class'), token('type', 'type'), date('date', 'period')],
  ServiceRequest: [
    ...ofSubject,
    token('status', 'status'),
    token('code', 'code'),
    token('category', 'category'),
    reference('requester', 'requester'),
    date('authored', 'authoredOn'),
  ],
  Specimen: [...ofSubject.slice(0, 2), token('status', 'status'), token('type', 'type'), date('collected', 'collection.collected')],
  Observation: [
    ...ofSubject,
    token('status', 'status'),
    token('category', 'category'),
    token('code', 'code'),
    reference('performer', 'performer'),
    reference('based-on', 'basedOn'),
    reference('specimen', 'specimen', 'Specimen'),
    reference('has-member', 'hasMember'),
    date('date', 'effective'),
  ],
  DiagnosticReport: [
    ...ofSubject,
    token('status', 'status'),
    token('category', 'category'),
    token('code', 'code'),
    reference('performer', 'performer'),
    reference('result', 'result', 'Observation'),
    reference('based-on', 'basedOn'),
    reference('specimen', 'specimen', 'Specimen'),
    date('date', 'effective'),
  ],
  ImagingStudy: [
    ...ofSubject,
    token('status', 'status'),
    token('modality', 'series.modality'),
    reference('basedon', 'basedOn'),
    date('started', 'started'),
  ],
  DocumentReference: [
    ...ofSubject.slice(0, 2),
    token('status', 'status'),
    token('type', 'type'),
    token('category', 'category'),
    date('date', 'date'),
  ],
  Consent: [
    reference('patient', 'patient', 'Patient'),
    token('status', 'status'),
    token('category', 'category'),
    reference('organization', 'organization', 'Organization'),
    reference('actor', 'provision.actor.reference'),
    date('date', 'dateTime'),
  ],
  Provenance: [reference('target', 'target'), date('recorded', 'recorded')],
};

/** Every parameter a search on this type may name, but for the `_` ones. */
export function searchParametersOf(type: string): readonly SearchParameter[] {
  return [...COMMON, ...(PARAMETERS[type] ?? [])];
}

/** What a resource is found by. */
export interface IndexEntry {
  /** `parameter=system|code`, `parameter=code`, `parameter=Type/id`. */
  readonly tokens: readonly string[];
  readonly time: Partial<TimeRange>;
  readonly status: string | null;
}

/** Reads the index entry of a resource whose references are already those of this server. */
export function indexResource(resource: Json): IndexEntry {
  const tokens = new Set<string>();
  let time: Partial<TimeRange> | undefined;
  for (const parameter of searchParametersOf(String(resource['resourceType']))) {
    if (parameter.name === 'identifier') {
      for (const { system, value } of identifiersOf(resource)) {
        tokens.add(`identifier=${value}`);
        tokens.add(`identifier=${system}|${value}`);
      }
    } else if (parameter.type === 'date') time ??= timeOf(resource, parameter.path);
    else for (const value of valuesAt(resource, parameter.path)) addTokens(tokens, parameter, value);
  }
  return { tokens: [...tokens], time: time ?? {}, status: textOf(resource['status']) ?? null };
}

function addTokens(tokens: Set<string>, parameter: SearchParameter, value: JsonValue): void {
  if (parameter.type === 'reference') {
    const literal = /(?:^|\/)([A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64})(?:\/_history\/.+)?$/.exec(referenceOf(value) ?? '')?.[1];
    if (literal && (!parameter.target || literal.startsWith(`${parameter.target}/`))) tokens.add(`${parameter.name}=${literal}`);
  } else if (typeof value === 'string' || typeof value === 'boolean') tokens.add(`${parameter.name}=${value}`);
  else if (isObject(value)) {
    for (const coding of value['coding'] ? codingsOf(value) : [value]) {
      const code = textOf(coding['code']);
      if (!code) continue;
      tokens.add(`${parameter.name}=${code}`);
      tokens.add(`${parameter.name}=${textOf(coding['system']) ?? ''}|${code}`);
    }
  }
}

/** All values at a dotted path; most paths are a single name. */
function valuesAt(resource: Json, path: string): readonly JsonValue[] {
  if (!path.includes('.')) return listOf(resource[path]);
  return path
    .split('.')
    .reduce<readonly JsonValue[]>((holders, name) => holders.filter(isObject).flatMap((it) => listOf(it[name])), [resource]);
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

/** The time range at a path whose last step may be a choice (`effective[x]`) of date, dateTime, instant or Period. */
function timeOf(resource: Json, path: string): Partial<TimeRange> | undefined {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const holder = steps.length === 0 ? resource : objectsOf(valuesAt(resource, steps.join('.')) as JsonValue)[0];
  if (!holder) return undefined;
  for (const name of [last, `${last}DateTime`, `${last}Instant`, `${last}Period`]) {
    const value = holder[name];
    if (typeof value === 'string') return readDate(value);
    if (isObject(value)) {
      const start = textOf(value['start']);
      const end = textOf(value['end']);
      const from = start ? readDate(start)?.from : undefined;
      const until = end ? readDate(end)?.until : undefined;
      return { ...(from ? { from } : {}), ...(until ? { until } : {}) };
    }
  }
  return undefined;
}
