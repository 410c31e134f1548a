import { beijingMinute } from '../beijing-time.js';
import { priceOf } from './price-of.rules.js';
import { explainReason } from './reason-texts.js';
import { writeRecordText } from './record-text.rules.js';
import { isSampled, measuredOf, showCandidate, showReport } from './show-candidate.js';
/**
 * One item of the answer as the caller gets it. The price and the text for the record come with what may be recognised and with nothing
 * else. `asked` is said where it was a local code.
 */
export function answerItem(asked, judgement, context) {
    const panel = 'members' in judgement ? judgement : undefined;
    const nearest = context.nearest.get(asked);
    const answer = {
        ...answerJudged(judgement, context),
        ...(asked === judgement.code ? {} : { asked }),
        ...(nearest && nearest.length > 0 ? { nearest: [...nearest] } : {}),
        ...(panel ? { members: panel.members.map((it) => answerJudged(it, context)) } : {}),
    };
    if (judgement.verdict !== 'recognisable')
        return answer;
    const items = panel?.members ?? [judgement];
    const price = priceOf(judgement.code, items.map((it) => it.code), context.prices);
    return { ...answer, price, recordText: recordTextOf(items, context) };
}
function answerJudged(judgement, context) {
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
    const candidate = 'members' in judgement ? showPanelReport(judgement, context) : best && item && showCandidate(best, item, context.institutions);
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
function namesOf({ members, missing }) {
    return members
        .filter((it) => missing.includes(it.code))
        .map(({ code, item }) => ({ nameZh: item?.nameZh ?? code, nameEn: item?.nameEn ?? code }));
}
/** The report that stands for a panel; it can be recognised for as long as every member can. */
function showPanelReport({ best, members, verdict }, { institutions }) {
    const main = members.find((it) => it.best === best);
    if (!best || !main?.item)
        return undefined;
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
function recordTextOf(judgements, context) {
    const texts = judgements.flatMap(({ item, best }) => (item && best ? [lineOf(item, best.candidate, context)] : []));
    return { zh: texts.map((it) => it.zh).join('\n'), en: texts.map((it) => it.en).join('\n') };
}
function lineOf(item, candidate, { institutions }) {
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
