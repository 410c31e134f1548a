import type { Reader } from '../database/client.ts';
import { Failure } from '../failure.ts';
import { type Identifier, objectsOf, textOf } from '../fhir/element.ts';
import { parseExactJson } from '../fhir/exact-json.ts';
import { normalise } from '../fhir/person-name.ts';
import type { Custody } from '../resources/custody.ts';
import { hashIdentifier } from '../resources/hash.ts';
import { decodeId, encodeId, isPerson } from '../resources/resource-id.ts';
import type { Caller } from '../security/caller.ts';
import { findCarriers, findPatientsOf, type PatientText } from './cross-reference.queries.ts';
import {
  type CrossReference,
  type CrossReferenceQuestion,
  chooseCrossReference,
  isLogicalDomain,
  type VisiblePatient,
} from './cross-reference.rules.ts';
import { findKeysAndMerges } from './merge.queries.ts';
import { findDocuments, findDomains } from './person.queries.ts';

/** operationId of the door, and the name in the access log. */
export const CROSS_REFERENCE = 'crossReferencePatient';

/**
 * The identifiers and Patients that stand for the same human being (IHE PIXm, Mobile Patient Identifier Cross-reference Query [ITI-83]):
 * those of the caller's own institution and, where the person's consent lets a named clinician see anything, those of all others. Without
 * consent the answer is the one that would be given if only the own existed, by the same statements.
 *
 * Throws `parameter-invalid` for a source domain and `domain-unknown` for a target domain that nobody here uses (which domains are in use is
 * no secret), `not-found` for a source identifier that names nobody or two people. Committed to the access log before it is returned.
 */
export async function crossReference(
  db: Reader,
  custody: Custody,
  caller: Caller,
  question: CrossReferenceQuestion,
  base: string,
  asked: string,
  now: Date,
): Promise<CrossReference> {
  await refuseUnknownDomains(db, question, base);
  const { persons, isDocument } = question.id === undefined ? await personsOf(db, caller, question.source) : personOfId(question.id);
  const all = await findKeysAndMerges(db, persons[0] ?? 0n);
  const keys = persons.length > 0 && persons.every((it) => all.keys.includes(it)) ? all.keys : [];
  const permission = await custody.permission(db, keys, caller, now);
  const permitted = caller.practitioner !== null && permission.basis !== 'none';
  const texts = await findPatientsOf(db, keys, caller.institution, permitted);
  const replaced = new Set(all.merges.map((it) => encodeId(it.subsumed)));

  const patients = texts.map((it) => readPatient(it, replaced));
  const chosen = chooseCrossReference(patients, question, isDocument, base);
  if (!chosen) throw notFound(keys[0]);
  await custody.record(
    null,
    caller,
    [
      {
        person: keys[0] as bigint,
        action: 'E',
        interaction: CROSS_REFERENCE,
        query: asked,
        entities: texts.filter((it) => chosen.ids.includes(encodeId(it))).map((it) => `Patient/${encodeId(it)}/_history/${it.version}`),
      },
    ],
    now,
  );
  return chosen;
}

async function refuseUnknownDomains(db: Reader, { source, targets }: CrossReferenceQuestion, base: string): Promise<void> {
  const known = await findDomains(db, [source.system, ...targets]);
  const isUnknown = (system: string): boolean => !known.has(system) && !isLogicalDomain(system, base);
  if (isUnknown(source.system)) {
    throw new Failure('parameter-invalid', {
      en: 'sourceIdentifier Assigning Authority not found',
      zh: 'sourceIdentifier 的标识体系（发号机构）未知',
      kind: 'code-invalid',
    });
  }
  if (targets.some(isUnknown)) {
    throw new Failure('domain-unknown', { en: 'targetSystem not found', zh: 'targetSystem 所指的标识体系未知' });
  }
}

/** Person keys that a source stands for, and whether it does so as an identity document. */
interface Named {
  readonly persons: readonly bigint[];
  readonly isDocument: boolean;
}

/**
 * Whom an identifier stands for: the holder of the document, else whoever has it among the own patients, else among those of others, whose
 * consent then decides whether anything is told.
 */
async function personsOf(db: Reader, caller: Caller, source: Identifier): Promise<Named> {
  const [document] = await findDocuments(db, [{ system: source.system, value: normalise(source.value) }]);
  const carriers = await findCarriers(db, hashIdentifier('Patient', source), caller.institution);
  if (document) return { persons: [document.person], isDocument: true };
  const own = carriers.filter((it) => it.institution === caller.institution);
  return { persons: [...new Set((own.length > 0 ? own : carriers).map((it) => it.person))], isDocument: false };
}

function personOfId(id: string): Named {
  const key = decodeId(id);
  return { persons: key && isPerson(key.person) ? [key.person] : [], isDocument: false };
}

function readPatient(row: PatientText, replaced: ReadonlySet<string>): VisiblePatient {
  const { text, value, spans } = parseExactJson(row.content, 'Patient');
  const id = encodeId(row);
  return {
    id,
    isReplaced: replaced.has(id),
    identifiers: objectsOf(value['identifier']).flatMap((it) => {
      const span = spans.get(it);
      const number = textOf(it['value']);
      return span && number ? [{ system: textOf(it['system']) ?? '', value: number, text: text.slice(span.start, span.end) }] : [];
    }),
  };
}

function notFound(person: bigint | undefined): Failure {
  return new Failure(
    'not-found',
    { en: 'sourceIdentifier Patient Identifier not found', zh: '未找到 sourceIdentifier 所指的患者标识' },
    person === undefined ? {} : { person },
  );
}
