import { beijingMinute } from '../beijing-time.ts';
import type { CatalogueItem } from '../catalogue/items/find-items.ts';
import type { Price } from '../catalogue/prices/find-prices.ts';
import type { Institution } from '../institutions/find-institution.ts';
import type { ItemAnswer } from './check.schema.ts';
import type { ResultCandidate } from './read-candidate.ts';
import { writeRecordText } from './record-text.rules.ts';
import { REASON_TEXTS } from './rule-sets.ts';
import { type ShownResult, showResult } from './show-result.ts';
import type { ItemVerdict } from './verdict.rules.ts';

/** The verdict on one item of a check, with the code it was asked for by. */
export interface Judgement extends ItemVerdict<ResultCandidate> {
  readonly code: string;
  readonly item: CatalogueItem | undefined;
}

/**
 * One item of the answer as the caller gets it. The price and the text for the record come with what may be recognised and with nothing
 * else.
 */
export function answerItem(judgement: Judgement, institutions: ReadonlyMap<number, Institution>, price: Price | undefined): ItemAnswer {
  const { code, item, verdict, reasons, window, best, others } = judgement;
  const answer: ItemAnswer = {
    item: code,
    ...(item ? { nameZh: item.nameZh, nameEn: item.nameEn } : {}),
    verdict,
    reasons: reasons.map((it) => ({ code: it, textZh: REASON_TEXTS[it].zh, textEn: REASON_TEXTS[it].en })),
    ...(window ? { window } : {}),
    others,
  };
  if (!best || !item) return answer;

  const { candidate, validUntil } = best;
  const { result, performedAt, reportedAt } = candidate;
  const { report } = result;
  const source = institutions.get(candidate.institution);
  const shown = result.reference === report.reference ? {} : showResult(result.text);
  const performed = item.kind === 'laboratory' || item.kind === 'pathology' ? 'sampledAt' : 'examinedAt';
  const withCandidate: ItemAnswer = {
    ...answer,
    candidate: {
      report: report.reference,
      reportVersion: report.version,
      result: result.reference,
      reportStatus: report.status,
      source: { uscc: source?.uscc ?? '', name: source?.name ?? '', level: source?.level ?? null },
      ...(performedAt ? { [performed]: performedAt.toISOString() } : {}),
      ...(reportedAt ? { reportedAt: reportedAt.toISOString() } : {}),
      ...(validUntil ? { validUntil: validUntil.toISOString() } : {}),
      ...shown,
      ...(report.studies.length > 0 ? { studies: [...report.studies] } : {}),
    },
  };
  if (verdict !== 'recognisable') return withCandidate;
  return {
    ...withCandidate,
    price: { amountFen: price?.amountFen ?? 0, priced: price !== undefined, version: price?.version ?? null },
    recordText: recordTextOf(candidate, item, shown, source?.name ?? ''),
  };
}

function recordTextOf(candidate: ResultCandidate, item: CatalogueItem, result: ShownResult, institution: string) {
  const { performedAt, reportedAt } = candidate;
  const { report } = candidate.result;
  return writeRecordText({
    item,
    result,
    institution,
    performedAt: performedAt && beijingMinute(performedAt),
    reportedAt: reportedAt && beijingMinute(reportedAt),
    report: `${report.reference}/_history/${report.version}`,
  });
}
