import { RECALL_HOURS, versionName } from './rule-set.js';
const DAY_MINUTES = 24 * 60;
const PROJECT_DEFAULT = 'default of this project: nothing is published';
/** The national rule: it holds wherever no region has said otherwise. */
export const NATIONAL_2022 = {
    code: 'national-2022',
    version: 'national-2022.1',
    titleZh: '医疗机构检查检验结果互认管理办法',
    titleEn: 'National rule of 2022',
    source: '国卫医发〔2022〕6号',
    hrMarkRequired: true,
    acceptedScopes: ['nation', 'region', 'province', 'city', 'district', 'alliance'],
    levelRule: 'none',
    ownHospital: { recognised: false, exclusionHours: 0 },
    lookBackMinutes: {
        laboratory: 30 * DAY_MINUTES,
        imaging: 90 * DAY_MINUTES,
        ecg: 30 * DAY_MINUTES,
        pathology: 30 * DAY_MINUTES,
    },
    windows: null,
    citationHours: 24 * 30,
    refuseOnIdentityDoubt: true,
    reasonList: 'national-2022',
    recallHours: RECALL_HOURS,
    recallReverses: false,
    sources: {
        hrMarkRequired: '国卫医发〔2022〕6号: only what passed the quality assessment is marked and recognised',
        acceptedScopes: '国卫医发〔2022〕6号: a mark reaches as far as the body whose assessment was passed',
        levelRule: PROJECT_DEFAULT,
        ownHospital: '国卫医发〔2022〕6号: recognition is between institutions; the hours are a default of this project',
        lookBackMinutes: 'default of this project: 30 days, as the interface of one province has it for every item; imaging 3 months, as Sichuan and Chongqing have it',
        windows: '国卫医政发〔2024〕37号: the regions publish reference time limits, which the edition holds',
        citationHours: PROJECT_DEFAULT,
        refuseOnIdentityDoubt: PROJECT_DEFAULT,
        reasonList: '国卫医发〔2022〕6号: the six situations of a repeat',
        recallHours: PROJECT_DEFAULT,
        recallReverses: 'default of this project: nothing is published; the examination was not repeated, whatever its result is worth now',
    },
};
/** The rules in force at that moment for an institution in this division (six digits); one statement. */
export async function findRuleSet(reader, district, at) {
    return (await findRuleSets(reader, [district], at)).get(district) ?? NATIONAL_2022;
}
/**
 * The rules in force at that moment for institutions in these divisions (six digits), by division; one statement, none for no divisions.
 *
 * Assigned rules are those of the district, else of the city, the province, the nation: of a division the latest beginning that has passed, and
 * the highest version among equals. Without any the national rule holds. Of the rules it is the latest version recorded by then.
 */
export async function findRuleSets(reader, districts, at) {
    if (districts.length === 0)
        return new Map();
    const { rows } = await reader.$client.query({
        name: 'find-rule-set',
        text: `select d.district, s.code, s.version, s.content
             from unnest($1::text[]) as d (district)
             left join lateral (
               select begun.rule_set from (
                 select distinct on (division) division, rule_set from rule_assignments
                  where division = any (array['', left(d.district, 2), left(d.district, 4), d.district]) and valid_from <= $2
                  order by division, valid_from desc, version desc) begun
                where begun.rule_set is not null order by length(begun.division) desc limit 1) assigned on true
            cross join lateral (
              select code, version, content from rule_sets
               where code = coalesce(assigned.rule_set, $3) and recorded_at <= $2 order by version desc limit 1) s`,
        values: [districts, at, NATIONAL_2022.code],
    });
    const found = new Map(rows.map((it) => [it.district, { ...it.content, code: it.code, version: versionName(it.code, it.version) }]));
    return new Map(districts.map((it) => [it, found.get(it) ?? NATIONAL_2022]));
}
/** `findRuleSet` by what is remembered. Two statements at most. */
export async function recallRuleSet(references, reader, district, at) {
    const load = async () => {
        const rules = await findRuleSet(reader, district, at);
        return new Map([[district, { rules, from: at, until: await findNextBeginning(reader, at) }]]);
    };
    const holds = ({ from, until }) => at >= from && (until === null || at < until);
    return (await references.each('rules', [district], load, holds)).get(district)?.rules ?? NATIONAL_2022;
}
/** When rules that are known already begin to hold, anywhere. */
async function findNextBeginning(reader, at) {
    const { rows } = await reader.$client.query({
        name: 'find-next-rules',
        text: `select least((select min(valid_from) from rule_assignments where valid_from > $1),
                        (select min(recorded_at) from rule_sets where recorded_at > $1)) as next`,
        values: [at],
    });
    return rows[0]?.next ?? null;
}
