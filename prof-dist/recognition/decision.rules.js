import { normaliseUscc } from '../institutions/uscc.rules.js';
/**
 * Everything that is wrong with a set of answers to a check, each with its place; empty: they can be kept.
 *
 * - Only an item with a prior result in that very check can be answered, and only once. An institution is answered once as well; an item
 *   named beside its institution is answered as it is named.
 * - Only what was `recognisable` can be recognised. A `reference-only` result failed a rule of recognition (its window, its status), so a
 *   saving that rests on it would not stand up to an audit; it may be read, and it may be answered with `not-recognised`. Of an institution
 *   at least one result must be recognisable.
 * - Not to recognise takes a reason of the region's list (国卫医发〔2022〕6号 has six), with a text where the list says so; a repeat must be
 *   explained. To recognise takes none.
 */
export function faultsOfEntries(entries, items, reasons) {
    const seen = new Set();
    return entries.flatMap((entry, index) => {
        const path = `decisions[${index}]`;
        const faults = 'item' in entry ? faultsOfItem(entry, path, items, seen) : faultsOfSource(entry, path, items, seen);
        return [...faults, ...(entry.decision === 'recognised' ? faultsOfRecognition(entry, path) : faultsOfRefusal(entry, path, reasons))];
    });
}
/**
 * The answers to single items that entries without fault amount to, in the order of the entries, within an institution in the order of the
 * check. Of an institution, recognition takes what is recognisable and leaves the rest unanswered; refusal takes all that was shown. An item
 * that is named by itself is left out of its institution's.
 */
export function spreadEntries(entries, items) {
    const named = new Set(entries.flatMap((it) => ('item' in it ? [it.item] : [])));
    return entries.flatMap((entry, index) => {
        const { decision, reason, reasonText } = entry;
        const text = reasonText?.trim();
        const answerTo = (item) => ({
            item,
            path: `decisions[${index}]`,
            member: 'item' in entry ? 'item' : 'source',
            decision,
            ...(reason === undefined ? {} : { reason }),
            // A text of blanks is no text.
            ...(text ? { reasonText: text } : {}),
        });
        if ('item' in entry)
            return [answerTo(entry.item)];
        const taken = itemsOfSource(entry, items).filter((it) => decision === 'not-recognised' || it.verdict === 'recognisable');
        return taken.filter((it) => !named.has(it.item)).map((it) => answerTo(it.item));
    });
}
/** Items of a check that showed a result and have no answer. None of them is refused: nobody has said so. */
export function unansweredItems(items, answered) {
    return items.filter((it) => it.candidate && !answered.has(it.item)).map((it) => it.item);
}
/** What was issued by the institution; of a panel its `candidate` is the report that stands for it. */
function itemsOfSource({ source }, items) {
    const uscc = normaliseUscc(source.uscc);
    return items.filter((it) => it.candidate?.source.uscc === uscc);
}
function faultsOfItem(entry, path, items, seen) {
    const item = items.find((it) => it.item === entry.item);
    const faults = [];
    const key = `item ${entry.item}`;
    if (seen.has(key)) {
        faults.push({ path: `${path}.item`, en: `"${entry.item}" is answered twice`, zh: `项目“${entry.item}”重复作答` });
    }
    seen.add(key);
    if (!item?.candidate) {
        faults.push({
            path: `${path}.item`,
            en: `the check showed no prior result of "${entry.item}", so there is nothing to decide`,
            zh: `本次查询未提供项目“${entry.item}”的既往结果，无需作出决定`,
        });
    }
    else if (entry.decision === 'recognised' && item.verdict !== 'recognisable') {
        faults.push({
            path: `${path}.decision`,
            en: `the result of "${entry.item}" is for reference only and cannot be recognised`,
            zh: `项目“${entry.item}”的结果仅供参考，不能互认`,
        });
    }
    return faults;
}
function faultsOfSource(entry, path, items, seen) {
    const { uscc } = entry.source;
    const key = `source ${normaliseUscc(uscc)}`;
    const shown = itemsOfSource(entry, items);
    const faults = [];
    if (seen.has(key)) {
        faults.push({ path: `${path}.source`, en: `institution "${uscc}" is answered twice`, zh: `对机构“${uscc}”重复作答` });
    }
    seen.add(key);
    if (shown.length === 0) {
        faults.push({
            path: `${path}.source.uscc`,
            en: `the check showed no result of institution "${uscc}", so there is nothing to decide`,
            zh: `本次查询未提供机构“${uscc}”的结果，无需作出决定`,
        });
    }
    else if (entry.decision === 'recognised' && shown.every((it) => it.verdict !== 'recognisable')) {
        faults.push({
            path: `${path}.decision`,
            en: `every result of institution "${uscc}" is for reference only and cannot be recognised`,
            zh: `机构“${uscc}”的结果均仅供参考，不能互认`,
        });
    }
    return faults;
}
function faultsOfRecognition(say, path) {
    if (say.reason === undefined && say.reasonText === undefined)
        return [];
    const member = say.reason === undefined ? 'reasonText' : 'reason';
    return [{ path: `${path}.${member}`, en: 'a recognised result takes no reason', zh: '予以互认的项目不填写理由' }];
}
function faultsOfRefusal(say, path, reasons) {
    const codes = reasons.map((it) => it.code).join(', ');
    if (say.reason === undefined) {
        return [
            {
                path: `${path}.reason`,
                en: `say why the result is not recognised: one of ${codes}`,
                zh: `不予互认必须说明理由，可选代码：${codes}`,
            },
        ];
    }
    const reason = reasons.find((it) => it.code === say.reason);
    if (!reason) {
        return [
            {
                path: `${path}.reason`,
                en: `"${say.reason}" is no reason of the region's list: one of ${codes}`,
                zh: `“${say.reason}”不在本地区的理由清单中，可选代码：${codes}`,
            },
        ];
    }
    if (!reason.noteRequired || say.reasonText?.trim())
        return [];
    return [
        {
            path: `${path}.reasonText`,
            en: `reason ${reason.code} ("${reason.textEn}") needs a text of its own`,
            zh: `理由 ${reason.code}（${reason.textZh}）必须填写具体说明`,
        },
    ];
}
