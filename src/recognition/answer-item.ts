import { beijingMinute } from '../beijing-time.ts';
import type { CatalogueItem } from '../catalogue/items/find-items.ts';
import type { NearestItem } from '../catalogue/mappings/nearest-item.rules.ts';
import type { Price } from '../catalogue/prices/find-prices.ts';
import type { PlacedInstitution } from '../institutions/find-places.ts';
import type { Situation } from './candidate.rules.ts';
import type { CandidateShown, ItemAnswer, MemberAnswer } from './check.schema.ts';
import type { PanelVerdict } from './panel.rules.ts';
import { priceOf } from './price-of.rules.ts';
import type { ResultCandidate } from './read-candidate.ts';
import { explainReason } from './reason-texts.ts';
import { type RecordText, writeRecordText } from './record-text.rules.ts';
import { isSampled, measuredOf, showCandidate, showReport } from './show-candidate.ts';
import type { ItemVerdict } from './verdict.rules.ts';

type Judgement = ItemVerdict<ResultCandidate>;
type PanelJudgement = PanelVerdict<ResultCandidate>;

/** What an answer is written with. */
export interface AnswerContext {
  readonly edition: string | null;
  readonly situation: Situation;
  /** The asking institution and those that results came from. */
  readonly institutions: ReadonlyMap<number, PlacedInstitution>;
  readonly prices: ReadonlyMap<string, Price>;
  /** What a code that was asked for and is unknown most likely means. */
  readonly nearest: ReadonlyMap<string, readonly NearestItem[]>;
}

/**
 * One item of the answer as the caller gets it. The price and the text for the record come with what may be recognised and with nothing
 * else. `asked` is said where it was a local code.
 */
export function answerItem(asked: string, judgement: Judgement | PanelJudgement, context: AnswerContext): ItemAnswer {
  const panel = 'members' in judgement ? judgement : undefined;
  const nearest = context.nearest.get(asked);
  const answer: ItemAnswer = {
    ...answerJudged(judgement, context),
    ...(asked === judgement.code ? {} : { asked }),
    ...(nearest && nearest.length > 0 ? { nearest: [...nearest] } : {}),
    ...(panel ? { members: panel.members.map((it) => answerJudged(it, context)) } : {}),
  };
  if (judgement.verdict !== 'recognisable') return answer;
  const items = panel?.members ?? [judgement];
  const price = priceOf(
    judgement.code,
    items.map((it) => it.code),
    context.prices,
  );
  return { ...answer, price, recordText: recordTextOf(items, context) };
}

function answerJudged(judgement: Judgement | PanelJudgement, context: AnswerContext): MemberAnswer {
  const { code, item, verdict, reasons, window, best, others } = judgement;
  const about = {
    now: context.situation.now,
    edition: context.edition,
    rules: context.situation.rules,
    receiverLevel: context.situation.receiver.level,
    item,
    window,
    performedAt: best?.candidate.performedAt,
    missing: 'members' in judgement ? namesOf(judgement) : [],
  };
  const candidate =
    'members' in judgement ? showPanelReport(judgement, context) : best && item && showCandidate(best, item, context.institutions);
  return {
    item: code,
    ...(item ? { nameZh: item.nameZh, nameEn: item.nameEn } : {}),
    verdict,
    reasons: reasons.map((it) => explainReason(it, about)),
    ...(window ? { window } : {}),
    ...(candidate ? { candidate } : {}),
    others,
  };
}

function namesOf({ members, missing }: PanelJudgement) {
  return members
    .filter((it) => missing.includes(it.code))
    .map(({ code, item }) => ({ nameZh: item?.nameZh ?? code, nameEn: item?.nameEn ?? code }));
}

/** The report that stands for a panel; it can be recognised for as long as every member can. */
function showPanelReport({ best, members, verdict }: PanelJudgement, { institutions }: AnswerContext): CandidateShown | undefined {
  const main = members.find((it) => it.best === best);
  if (!best || !main?.item) return undefined;
  const { performedAt, reportedAt, originals } = best.candidate;
  const ends = members.flatMap((it) => it.best?.validUntil?.getTime() ?? []);
  return {
    ...showReport(best.candidate, institutions),
    ...(performedAt ? { [isSampled(main.item) ? 'sampledAt' : 'examinedAt']: performedAt.toISOString() } : {}),
    ...(reportedAt ? { reportedAt: reportedAt.toISOString() } : {}),
    ...(verdict === 'recognisable' && ends.length > 0 ? { validUntil: new Date(Math.min(...ends)).toISOString() } : {}),
    originals,
  };
}

/** A line for each item: the members of a panel may come from several reports. */
function recordTextOf(judgements: readonly Judgement[], context: AnswerContext): RecordText {
  const texts = judgements.flatMap(({ item, best }) => (item && best ? [lineOf(item, best.candidate, context)] : []));
  return { zh: texts.map((it) => it.zh).join('\n'), en: texts.map((it) => it.en).join('\n') };
}

function lineOf(item: CatalogueItem, candidate: ResultCandidate, { institutions }: AnswerContext): RecordText {
  const { performedAt, reportedAt, mark } = candidate;
  const { report } = candidate.result;
  return writeRecordText({
    item,
    result: measuredOf(candidate),
    institution: institutions.get(candidate.institution)?.name ?? '',
    mark: 'certificate' in mark ? mark.certificate.mark : undefined,
    performedAt: performedAt && beijingMinute(performedAt),
    reportedAt: reportedAt && beijingMinute(reportedAt),
    report: `${report.reference}/_history/${report.version}`,
  });
}
