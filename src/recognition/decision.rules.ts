import type { Reason } from '../catalogue/reasons/find-reasons.ts';
import type { Issue } from '../failure.ts';
import type { ItemAnswer } from './check.schema.ts';

/** A clinician's answer to one item of a check. */
export interface Answer {
  readonly item: string;
  readonly decision: 'recognised' | 'not-recognised';
  /** Code in the region's list of reasons. */
  readonly reason?: string;
  readonly reasonText?: string;
}

/**
 * Everything that is wrong with a set of answers to a check, each with its place; empty: they can be kept.
 *
 * - Only an item with a prior result in that very check can be answered, and only once.
 * - Only what was `recognisable` can be recognised. A `reference-only` result failed a rule of recognition (its window, its status), so a
 *   saving that rests on it would not stand up to an audit; it may be read, and it may be answered with `not-recognised`.
 * - Not to recognise takes a reason of the region's list (国卫医发〔2022〕6号 has six), with a text where the list says so; a repeat must be
 *   explained. To recognise takes none.
 */
export function faultsOfAnswers(answers: readonly Answer[], items: readonly ItemAnswer[], reasons: readonly Reason[]): readonly Issue[] {
  const seen = new Set<string>();
  return answers.flatMap((answer, index) => {
    const path = `decisions[${index}]`;
    const item = items.find((it) => it.item === answer.item);
    const faults: Issue[] = [];
    if (seen.has(answer.item)) {
      faults.push({ path: `${path}.item`, en: `"${answer.item}" is answered twice`, zh: `项目“${answer.item}”重复作答` });
    }
    seen.add(answer.item);
    if (!item?.candidate) {
      faults.push({
        path: `${path}.item`,
        en: `the check showed no prior result of "${answer.item}", so there is nothing to decide`,
        zh: `本次查询未提供项目“${answer.item}”的既往结果，无需作出决定`,
      });
    } else if (answer.decision === 'recognised' && item.verdict !== 'recognisable') {
      faults.push({
        path: `${path}.decision`,
        en: `the result of "${answer.item}" is for reference only and cannot be recognised`,
        zh: `项目“${answer.item}”的结果仅供参考，不能互认`,
      });
    }
    return [...faults, ...(answer.decision === 'recognised' ? faultsOfRecognition(answer, path) : faultsOfRefusal(answer, path, reasons))];
  });
}

function faultsOfRecognition(answer: Answer, path: string): readonly Issue[] {
  if (answer.reason === undefined && answer.reasonText === undefined) return [];
  const member = answer.reason === undefined ? 'reasonText' : 'reason';
  return [{ path: `${path}.${member}`, en: 'a recognised result takes no reason', zh: '予以互认的项目不填写理由' }];
}

function faultsOfRefusal(answer: Answer, path: string, reasons: readonly Reason[]): readonly Issue[] {
  const codes = reasons.map((it) => it.code).join(', ');
  if (answer.reason === undefined) {
    return [
      {
        path: `${path}.reason`,
        en: `say why the result is not recognised: one of ${codes}`,
        zh: `不予互认必须说明理由，可选代码：${codes}`,
      },
    ];
  }
  const reason = reasons.find((it) => it.code === answer.reason);
  if (!reason) {
    return [
      {
        path: `${path}.reason`,
        en: `"${answer.reason}" is no reason of the region's list: one of ${codes}`,
        zh: `“${answer.reason}”不在本地区的理由清单中，可选代码：${codes}`,
      },
    ];
  }
  if (!reason.noteRequired || answer.reasonText?.trim()) return [];
  return [
    {
      path: `${path}.reasonText`,
      en: `reason ${reason.code} ("${reason.textEn}") needs a text of its own`,
      zh: `理由 ${reason.code}（${reason.textZh}）必须填写具体说明`,
    },
  ];
}

/** A day: hospital clocks drift, and some systems write local time without saying so. */
const GRACE_MS = 24 * 3_600_000;

/** Whether a result can have been written into the record then: not before it was recognised, not in the future, a day of grace both ways. */
export function isCitationTime(citedAt: Date, decidedAt: Date, now: Date): boolean {
  return citedAt.getTime() >= decidedAt.getTime() - GRACE_MS && citedAt.getTime() <= now.getTime() + GRACE_MS;
}
