import { recordAccess } from '../access-log/record-access.ts';
import { readMoment } from '../beijing-time.ts';
import { findNearestItems } from '../catalogue/mappings/find-nearest-items.ts';
import { type Price, recallPrices } from '../catalogue/prices/find-prices.ts';
import { recallRuleSet } from '../catalogue/rules/find-rule-set.ts';
import { findPermission } from '../consents/find-permission.ts';
import { holdConsents } from '../consents/hold-consents.ts';
import type { Transaction } from '../database/client.ts';
import type { References } from '../database/reference-memory.ts';
import { Failure } from '../failure.ts';
import { type PlacedInstitution, recallPlaces } from '../institutions/find-places.ts';
import type { PersonClaim } from '../persons/find-disagreements.ts';
import { findPersons, type PatientName } from '../persons/find-persons.ts';
import type { Access, Permission } from '../resources/custody.ts';
import { encodeId, freshNumber, freshPerson } from '../resources/resource-id.ts';
import type { Caller, Practitioner } from '../security/caller.ts';
import { answerItem } from './answer-item.ts';
import type { Situation } from './candidate.rules.ts';
import { insertCheck } from './check.queries.ts';
import type { CheckAnswer, CheckQuestion } from './check.schema.ts';
import { type Evidence, gatherEvidence, NO_EVIDENCE } from './gather-evidence.ts';
import { judgeItems, type PanelVerdict } from './panel.rules.ts';
import type { ResultCandidate } from './read-candidate.ts';
import { type AskedItems, resolveItems } from './resolve-items.ts';
import type { ItemVerdict } from './verdict.rules.ts';

/** What is asked, as the doors have it; a name may come in several ways of writing. */
export type Question = Omit<CheckQuestion, 'patient'> & { readonly patient: PatientName & PersonClaim };

/** What decisions need of a check beside its answer: kept with it, not sent. */
export interface CheckBasis {
  /** Where the check was made. */
  readonly district: string;
  /** Level of the institution that asked, as it was then; absent in checks of earlier releases. */
  readonly level?: number | null;
  /** Which institution the shown result of each item came from; a panel belongs to that of the report that stands for it. */
  readonly sources: Readonly<Record<string, number>>;
  /** The region's list of reasons for not recognising. */
  readonly reasonList: string;
  /** How long after the decision a result may be written into the record. */
  readonly citationHours: number;
  /** The certificates that the mark of each shown result rests on: one at most; of a panel those of all its members. */
  readonly certificates: Readonly<Record<string, readonly string[]>>;
  /**
   * When the shown result of each item was taken. Of a panel it is the latest of its members, so that none of the recognitions concerned is
   * missed when a certificate is withdrawn from a moment on.
   */
  readonly performedAt: Readonly<Record<string, string>>;
}

/** The verdict on what was asked for. */
type Judgement = (ItemVerdict<ResultCandidate> | PanelVerdict<ResultCandidate>) & { readonly asked: string };

/**
 * Is there a recognisable prior result for these items? Answers per item, and keeps the answer with all that it rested on.
 *
 * Without the patient's consent nothing is looked for: the answer is the same, and made in the same way, whether or not the person is
 * known or has results; even the id of the check is drawn anew. A refusal is an answer, not a failure. Throws `malformed` for a time that
 * is none.
 *
 * Statements, whatever the number of items and results: the person (1, 3 by a number that is no identity card's), a lock that also says
 * whether reference data have changed, consents; with consent what `gatherEvidence` asks; where a code is unknown the list of items; the check, the
 * access log. One more each for local codes, the edition, institutions, rules and prices that are not remembered, for rules two.
 */
export async function checkRecognition(
  tx: Transaction,
  caller: Caller,
  practitioner: Practitioner,
  question: Question,
  now: Date,
): Promise<CheckAnswer & { readonly reasonList: string }> {
  const lastTreatmentAt = readTreatment(question);
  const persons = await findPersons(tx, caller, question.patient);
  // One behind the other on the same connection: the consents are read once they are held.
  const [references, permission] = await Promise.all([holdConsents(tx, persons), findPermission(tx, persons, caller, now)]);
  const items = await resolveItems(references, tx, caller.institution, question.items ?? null, now);
  const receiver = (await recallPlaces(references, tx, [caller.institution])).get(caller.institution);
  const place = { district: receiver?.district ?? '', alliances: receiver?.alliances ?? [], regions: receiver?.regions ?? [] };
  const rules = await recallRuleSet(references, tx, place.district, now);
  const enquiry = {
    references,
    caller,
    place,
    receiver,
    persons,
    permission,
    catalogue: items.catalogue,
    asked: items.asked,
    rules,
    claim: question.patient,
    lastTreatmentAt,
  };
  const evidence = permission.basis === 'none' ? NO_EVIDENCE : await gatherEvidence(tx, enquiry, now);

  const situation: Situation = {
    now,
    rules,
    receiver: { institution: caller.institution, level: receiver?.level ?? null, alliances: place.alliances },
    permission,
    identityDoubt: evidence.identityDoubt,
  };
  const judgements = judge(question, items, evidence, situation);
  const prices = permission.basis === 'none' ? new Map<string, Price>() : await pricesOf(references, tx, receiver, judgements, now);

  const key = { person: compartmentOf(persons, permission), id: freshNumber() };
  const unknown = judgements.filter((it) => it.verdict === 'unknown-item').map((it) => it.asked);
  const nearest = await findNearestItems(tx, unknown, now);
  const context = { edition: items.catalogue.edition, situation, institutions: evidence.institutions, prices, nearest };
  const answer: CheckAnswer & { readonly reasonList: string } = {
    id: encodeId(key),
    checkedAt: now.toISOString(),
    ...(question.encounter === undefined ? {} : { encounter: question.encounter }),
    setting: question.setting,
    trigger: question.trigger,
    edition: items.catalogue.edition,
    rulesVersion: rules.version,
    reasonList: rules.reasonList,
    permission: { basis: permission.basis, categories: [...permission.categories] },
    items: judgements.map((it) => answerItem(it.asked, it, context)),
  };
  await insertCheck(tx, {
    ...key,
    institution: caller.institution,
    client: caller.client,
    practitioner,
    encounter: question.encounter ?? null,
    setting: question.setting,
    trigger: question.trigger,
    department: question.department ?? null,
    insurance: question.insurance ?? null,
    checkedAt: now,
    edition: items.catalogue.edition,
    rulesVersion: rules.version,
    answer: { ...answer, basis: basisOf(judgements, receiver, situation) },
  });
  await recordAccess(tx, caller, accessesOf(question, answer.id, persons, permission, judgements, evidence), now);
  return answer;
}

function readTreatment({ lastTreatmentAt }: Pick<Question, 'lastTreatmentAt'>): Date | undefined {
  if (lastTreatmentAt === undefined) return undefined;
  const at = readMoment(lastTreatmentAt);
  if (at) return at;
  throw new Failure('malformed', {
    path: 'lastTreatmentAt',
    en: 'this is no date and time with offset, as in 2026-03-01T08:30:00+08:00',
    zh: '应为带时区的日期时间，如 2026-03-01T08:30:00+08:00',
  });
}

/** Everything asked for; without items, those that have something recognisable. */
function judge(
  question: Question,
  { catalogue, asked }: AskedItems,
  { candidates, further }: Evidence,
  situation: Situation,
): readonly Judgement[] {
  const factsOf = (code: string) => ({
    code,
    item: catalogue.items.get(code),
    candidates: candidates.get(code) ?? [],
    further: further.get(code),
  });
  const facts = asked.map(({ code, members }) =>
    members ? { code, item: catalogue.items.get(code), members: members.map(factsOf) } : factsOf(code),
  );
  const judgements = judgeItems(facts, situation).map((it, index) => ({ ...it, asked: asked[index]?.asked ?? it.code }));
  return question.items ? judgements : judgements.filter((it) => it.verdict === 'recognisable');
}

/** Items and members of panels, each by itself. */
function singleOnes(judgements: readonly (ItemVerdict<ResultCandidate> | PanelVerdict<ResultCandidate>)[]) {
  return judgements.flatMap((it) => ('members' in it ? it.members : [it]));
}

/** Prices of what may be recognised, in one statement. */
async function pricesOf(
  references: References,
  tx: Transaction,
  receiver: PlacedInstitution | undefined,
  judgements: readonly Judgement[],
  now: Date,
): Promise<ReadonlyMap<string, Price>> {
  if (!receiver) return new Map();
  const recognisable = judgements.filter((it) => it.verdict === 'recognisable');
  const codes = [...recognisable, ...singleOnes(recognisable)].map((it) => it.code);
  return await recallPrices(references, tx, receiver, [...new Set(codes)], now);
}

/** By item; what was asked for itself goes before what was shown within a panel. */
function basisOf(judgements: readonly Judgement[], receiver: PlacedInstitution | undefined, { rules }: Situation): CheckBasis {
  const shown = [...singleOnes(judgements), ...judgements].flatMap((it) =>
    it.best ? [{ code: it.code, main: it.best.candidate, all: singleOnes([it]).flatMap(({ best }) => best?.candidate ?? []) }] : [],
  );
  return {
    district: receiver?.district ?? '',
    level: receiver?.level ?? null,
    sources: Object.fromEntries(shown.map(({ code, main }) => [code, main.institution])),
    reasonList: rules.reasonList,
    citationHours: rules.citationHours,
    certificates: Object.fromEntries(shown.map(({ code, all }) => [code, certificatesOf(all)])),
    performedAt: Object.fromEntries(shown.flatMap(({ code, all }) => latestOf(all).map((at) => [code, at]))),
  };
}

function certificatesOf(results: readonly ResultCandidate[]): readonly string[] {
  return [...new Set(results.flatMap(({ mark }) => ('certificate' in mark ? [mark.certificate.id] : [])))];
}

/** When the last of them was taken; nothing where that is known of none. */
function latestOf(results: readonly ResultCandidate[]): readonly string[] {
  const times = results.flatMap(({ performedAt }) => performedAt?.getTime() ?? []);
  return times.length === 0 ? [] : [new Date(Math.max(...times)).toISOString()];
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
  question: Question,
  id: string,
  persons: readonly bigint[],
  permission: Permission,
  judgements: readonly Judgement[],
  { treatment }: Evidence,
): readonly Access[] {
  const query = `trigger=${question.trigger}&setting=${question.setting}&items=${question.items?.join(',') ?? ''}`;
  const shown = new Map<bigint, Set<string>>([[persons[0] ?? 0n, new Set([`RecognitionCheck/${id}`])]]);
  for (const { best } of singleOnes(judgements)) {
    if (!best) continue;
    const { person, reference, report } = best.candidate.result;
    const entities = shown.get(person) ?? new Set();
    entities.add(`${report.reference}/_history/${report.version}`);
    if (reference !== report.reference) entities.add(reference);
    shown.set(person, entities);
  }
  if (treatment) shown.get(persons[0] ?? 0n)?.add(treatment.reference);
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
