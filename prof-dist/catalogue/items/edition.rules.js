import { readMoment } from '../../beijing-time.js';
import { faultOfText } from './read-cell.rules.js';
const TITLE_MAX = 200;
/** The name of an edition, as it stands in addresses and file names. */
export const EDITION_NAME = /^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$/;
export const EDITION_NAME_MAX = 64;
/** What is wrong with a head by itself; `placeOf` says where its sender finds each part. */
export function faultsOfHead({ edition, title, effectiveFrom }, placeOf) {
    const faults = [];
    if (edition.length > EDITION_NAME_MAX || !EDITION_NAME.test(edition)) {
        faults.push({
            path: placeOf('edition'),
            en: `is no name of an edition: up to ${EDITION_NAME_MAX} letters and digits, parted by hyphens or dots`,
            zh: `不是有效的版本名称：应为不超过 ${EDITION_NAME_MAX} 位的字母和数字，可用连字符或点分隔`,
        });
    }
    const wrong = title === '' ? { en: 'is empty', zh: '不能为空' } : faultOfText(title, TITLE_MAX);
    if (wrong)
        faults.push({ path: placeOf('title'), ...wrong });
    if (!/^.{10}$/.test(effectiveFrom) || !readMoment(effectiveFrom)) {
        faults.push({
            path: placeOf('effectiveFrom'),
            en: 'is no day (2026-03-01)',
            zh: '应为日期（2026-03-01）',
        });
    }
    return faults;
}
/** Whether the edition's day has begun: from then on nobody may change it. Days are Beijing's. */
export function isInForce({ effectiveFrom }, today) {
    return effectiveFrom <= today;
}
/**
 * What is wrong with the day of an edition beside the others that there are: no two begin on one day, and what was in force on a day gone
 * by stays as it was, so that a new one begins today at the earliest. While none is in force yet, any day will do.
 */
export function faultsOfDay({ edition, effectiveFrom }, all, today) {
    const others = all.filter((it) => it.edition !== edition);
    const same = others.find((it) => it.effectiveFrom === effectiveFrom);
    if (same) {
        return [
            {
                path: 'effectiveFrom',
                en: `the edition ${same.edition} begins on ${effectiveFrom} already`,
                zh: `版本 ${same.edition} 已定于 ${effectiveFrom} 生效`,
            },
        ];
    }
    if (effectiveFrom >= today || !others.some((it) => isInForce(it, today)))
        return [];
    return [
        {
            path: 'effectiveFrom',
            en: `${effectiveFrom} is gone by, and what was in force then stays as it was: an edition begins today (${today}) at the earliest`,
            zh: `${effectiveFrom} 已过，已生效的历史不能更改：新版本最早从今天（${today}）起生效`,
        },
    ];
}
