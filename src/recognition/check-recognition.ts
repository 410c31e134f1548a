import { recordAccess } from '../access-log/record-access.ts';
import { codesOfItem, findItems, type ItemsInForce } from '../catalogue/items/find-items.ts';
import { findPrices, type Price } from '../catalogue/prices/find-prices.ts';
import { NATIONAL_2022 as REGION } from '../catalogue/rules/find-rule-set.ts';
import { findPermission } from '../consents/find-permission.ts';
import { holdConsents } from '../consents/hold-consents.ts';
import type { Transaction } from '../database/client.ts';
import { codingsOf, textOf } from '../fhir/element.ts';
import { findInstitutions, type Institution } from '../institutions/find-institution.ts';
import { findPersons } from '../persons/find-persons.ts';
import { findResults, type Result } from '../reports/find-results.ts';
import type { Access, Permission } from '../resources/custody.ts';
import { encodeId, freshNumber, freshPerson } from '../resources/resource-id.ts';
import type { Caller, Practitioner } from '../security/caller.ts';
import { answerItem, type Judgement } from './answer-item.ts';
import { insertCheck } from './check.queries.ts';
import type { CheckAnswer, CheckQuestion } from './check.schema.ts';
import { type ResultCandidate, readCandidate } from './read-candidate.ts';
import { NATIONAL_2022 } from './rule-sets.ts';
import { judgeItem } from './verdict.rules.ts';

/** What a check rests on. */
interface Evidence {
  readonly institutions: ReadonlyMap<number, Institution>;
  /** Prior results by the item they are results of. */
  readonly candidates: ReadonlyMap<string, readonly ResultCandidate[]>;
}

const NO_EVIDENCE: Evidence = { institutions: new Map(), candidates: new Map() };

/** What the answer rested on beside what it says: kept with it, not sent. */
export interface CheckBasis {
  /** Where the check was made. */
  readonly district: string;
  /** By item: the institution that its result came from. */
  readonly sources: Readonly<Record<string, number>>;
  /** The list that reasons for not recognising are taken from. */
  readonly reasonList: string;
  /** How long after a decision its result may be written into the record. */
  readonly citationHours: number;
  /** By item: the certificate that the mark of its result rested on. */
  readonly certificates: Readonly<Record<string, string>>;
  /** By item: sampling or examination of its result, as ISO text. */
  readonly performedAt: Readonly<Record<string, string>>;
}

/**
 * Is there a recognisable prior result for these items? Answers per item, and keeps the answer with all that it rested on.
 *
 * Without the patient's consent nothing is looked for: the answer is the same, and made in the same way, whether or not the person is
 * known or has results; even the id of the check is drawn anew. A refusal is an answer, not a failure.
 *
 * Statements, whatever the number of items and results: the person (2), consents, items of the edition; with consent results,
 * institutions and prices; the check, the access log.
 */
export async function checkRecognition(
  tx: Transaction,
  caller: Caller,
  practitioner: Practitioner,
  question: CheckQuestion,
  now: Date,
): Promise<CheckAnswer> {
  const persons = await findPersons(tx, caller, question.patient);
  await holdConsents(tx, persons);
  const permission = await findPermission(tx, persons, caller, now);
  const catalogue = await findItems(tx, question.items ?? null, now);
  const evidence = permission.basis === 'none' ? NO_EVIDENCE : await gather(tx, caller, persons, permission, catalogue);
  const judgements = judge(question, permission, catalogue, evidence, caller, now);
  const prices = await pricesOf(tx, caller, judgements, evidence, now);

  const key = { person: compartmentOf(persons, permission), id: freshNumber() };
  const answer: CheckAnswer = {
    id: encodeId(key),
    checkedAt: now.toISOString(),
    ...(question.encounter === undefined ? {} : { encounter: question.encounter }),
    setting: question.setting,
    trigger: question.trigger,
    edition: catalogue.edition,
    rulesVersion: NATIONAL_2022.version,
    permission: { basis: permission.basis, categories: [...permission.categories] },
    items: judgements.map((it) => answerItem(it, evidence.institutions, prices.get(it.code))),
  };
  const basis: CheckBasis = {
    district: evidence.institutions.get(caller.institution)?.district ?? '',
    sources: Object.fromEntries(judgements.flatMap((it) => (it.best ? [[it.code, it.best.candidate.institution]] : []))),
    reasonList: REGION.reasonList,
    citationHours: REGION.citationHours,
    certificates: {},
    performedAt: Object.fromEntries(
      judgements.flatMap(({ code, best }) => (best?.candidate.performedAt ? [[code, best.candidate.performedAt.toISOString()]] : [])),
    ),
  };
  await insertCheck(tx, {
    ...key,
    institution: caller.institution,
    client: caller.client,
    practitioner,
    encounter: question.encounter ?? null,
    setting: question.setting,
    trigger: question.trigger,
    checkedAt: now,
    edition: catalogue.edition,
    rulesVersion: NATIONAL_2022.version,
    answer: { ...answer, basis },
  });
  await recordAccess(tx, caller, accessesOf(question, answer.id, persons, permission, judgements), now);
  return answer;
}

/** Results, and who issued them; three statements with the prices. */
async function gather(
  tx: Transaction,
  caller: Caller,
  persons: readonly bigint[],
  permission: Permission,
  catalogue: ItemsInForce,
): Promise<Evidence> {
  const itemsByCode = new Map<string, string[]>();
  for (const item of catalogue.items.values()) {
    for (const code of codesOfItem(item)) itemsByCode.set(code, [...(itemsByCode.get(code) ?? []), item.code]);
  }
  const results = await findResults(tx, persons, [...itemsByCode.keys()], permission, caller);
  const institutions = await findInstitutions(tx, [...new Set([caller.institution, ...results.map((it) => it.institution)])]);

  const candidates = new Map<string, ResultCandidate[]>();
  for (const result of results) {
    const codes = codingsOf(result.content['code']).map((it) => `${textOf(it['system'])}|${textOf(it['code'])}`);
    const candidate = readCandidate(result, institutions.get(result.institution)?.level ?? null);
    for (const item of new Set(codes.flatMap((code) => itemsByCode.get(code) ?? []))) {
      const list = candidates.get(item);
      if (list) list.push(candidate);
      else candidates.set(item, [candidate]);
    }
  }
  return { institutions, candidates: new Map([...candidates].map(([item, list]) => [item, withoutPanels(list)])) };
}

/** A report coded like its own measurement is that measurement, not a second result. */
function withoutPanels(candidates: readonly ResultCandidate[]): readonly ResultCandidate[] {
  const isReport = ({ reference, report }: Result) => reference === report.reference;
  const measured = new Set(candidates.filter((it) => !isReport(it.result)).map((it) => it.result.report.reference));
  return candidates.filter((it) => !isReport(it.result) || !measured.has(it.result.reference));
}

/** Every item asked for; without items, those that have something recognisable. */
function judge(
  question: CheckQuestion,
  permission: Permission,
  catalogue: ItemsInForce,
  evidence: Evidence,
  caller: Caller,
  now: Date,
): readonly Judgement[] {
  const codes = question.items ?? [...catalogue.items.keys()].sort();
  const judgements = codes.map((code) => {
    const item = catalogue.items.get(code);
    const facts = { item, permitted: permission.categories, receiver: caller.institution, candidates: evidence.candidates.get(code) ?? [] };
    return { code, item, ...judgeItem(facts, NATIONAL_2022, now) };
  });
  return question.items ? judgements : judgements.filter((it) => it.verdict === 'recognisable');
}

/** Prices of what may be recognised, in one statement. */
async function pricesOf(
  tx: Transaction,
  caller: Caller,
  judgements: readonly Judgement[],
  evidence: Evidence,
  now: Date,
): Promise<ReadonlyMap<string, Price>> {
  const receiver = evidence.institutions.get(caller.institution);
  if (!receiver) return new Map();
  const items = judgements.filter((it) => it.verdict === 'recognisable').map((it) => it.code);
  return await findPrices(tx, receiver, items, now);
}

/**
 * Where the check is kept: with the person, under whichever of the keys is the least, so that it is the same one whatever the person was
 * asked for by. Without permission it is kept with nobody, since its id would tell a known person from an unknown one.
 */
function compartmentOf(persons: readonly bigint[], permission: Permission): bigint {
  const [first, ...others] = persons;
  if (permission.basis === 'none' || first === undefined) return freshPerson();
  return others.reduce((least, it) => (it < least ? it : least), first);
}

/** One access a person key: the check itself with the first, what was shown with the key it is stored under. */
function accessesOf(
  question: CheckQuestion,
  id: string,
  persons: readonly bigint[],
  permission: Permission,
  judgements: readonly Judgement[],
): readonly Access[] {
  const query = `trigger=${question.trigger}&setting=${question.setting}&items=${question.items?.join(',') ?? ''}`;
  const shown = new Map<bigint, Set<string>>([[persons[0] ?? 0n, new Set([`RecognitionCheck/${id}`])]]);
  for (const { best } of judgements) {
    if (!best) continue;
    const { person, reference, report } = best.candidate.result;
    const entities = shown.get(person) ?? new Set();
    entities.add(`${report.reference}/_history/${report.version}`);
    if (reference !== report.reference) entities.add(reference);
    shown.set(person, entities);
  }
  return [...shown].map(([person, entities], index) => ({
    person,
    action: 'E',
    interaction: 'checkRecognition',
    entities: [...entities],
    query,
    // Asked once, of the human being.
    ...(index === 0 && { permission }),
  }));
}
