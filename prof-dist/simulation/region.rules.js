import { usccCheckSign } from '../institutions/uscc.rules.js';
import { Random } from './random.js';
const TREES = Array.from('枫榆梧桐樟柏槐松柳杉楠桂榕棠柚橘');
const BIRDS = ['白鹭', '云雀', '雨燕', '鹧鸪', '画眉', '翠鸟', '鸬鹚', '斑鸠', '黄鹂', '夜莺'];
const KINDS = { 3: '中心医院', 2: '人民医院', 1: '卫生院' };
/**
 * The institutions of a region at a scale: of each level its share, `least` at the smallest. They are spread over the districts by population;
 * the first two of every level lie in the first districts, so that a small region has hospitals beside each other too, and the first district
 * has one of the city by chance alone.
 */
export function planInstitutions(preset, scale, seed) {
    const random = new Random(seed, 'institutions');
    const wanted = Math.round(preset.institutions.total * scale);
    const shares = preset.institutions.levels.reduce((sum, it) => sum + it.share, 0);
    const upper = preset.institutions.levels.filter((it) => it.level > 1);
    const counts = new Map(upper.map((it) => [it.level, Math.max(it.least, Math.round((wanted * it.share) / shares))]));
    const above = [...counts.values()].reduce((sum, it) => sum + it, 0);
    const least = preset.institutions.levels.find((it) => it.level === 1)?.least ?? 0;
    counts.set(1, Math.max(least, wanted - above));
    const planned = [];
    for (const [level, count] of counts) {
        for (let index = 0; index < count; index++) {
            const district = (index < 2 ? preset.districts[level === 3 ? index + 1 : index] : undefined) ?? random.draw(preset.districts);
            const number = planned.length + 1;
            const name = `${district.nameZh}${random.pick(BIRDS)}${random.pick(TREES)}${KINDS[level]}（模拟${number}）`;
            planned.push({ name, uscc: creditCode(district.code, number), level, district: district.code });
        }
    }
    return planned;
}
/** A valid credit code of nobody. */
export function creditCode(division, number) {
    const first17 = `12${division}MBMN${String(number).padStart(5, '0')}`;
    return first17 + usccCheckSign(first17);
}
const DAY_MS = 86_400_000;
/**
 * The certificates of one institution: for most items one for each part of the year; the later ones renew the first, some of them late, so that
 * results of the days between carry no mark.
 */
export function planCertificates(preset, seed, uscc, items) {
    const random = new Random(seed, 'certificates', uscc);
    const { begins, missing, late, lateDays } = preset.certificates;
    return items.flatMap((item) => {
        if (random.chance(missing))
            return [];
        return begins.map((begin, index) => {
            const isLate = index > 0 && random.chance(late);
            const next = begins[index + 1] ?? `${Number(begin.slice(0, 4)) + 1}-12-31`;
            return { item, validFrom: isLate ? dayAfter(begin, lateDays) : begin, validUntil: dayAfter(next, -1) };
        });
    });
}
function dayAfter(day, days) {
    return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
