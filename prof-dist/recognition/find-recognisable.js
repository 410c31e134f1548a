import { findItems, findItemsOfLoinc, ITEM_SYSTEM, LOINC_SYSTEM } from '../catalogue/items/find-items.js';
import { findResultCodes } from '../catalogue/mappings/find-mappings.js';
import { findRuleSet } from '../catalogue/rules/find-rule-set.js';
import { findPastPermission } from '../consents/find-past-permission.js';
import { UNREMEMBERED } from '../database/reference-memory.js';
import { findPlaces } from '../institutions/find-places.js';
import { keysOfPersonAt } from '../persons/find-persons.js';
import { hasEarlierResults } from '../reports/find-results-at.js';
import { gatherEvidence } from './gather-evidence.js';
import { judgeItems } from './panel.rules.js';
/**
 * What a check by that institution would have answered at that moment: the same rules, on the versions of reports and consents that the exchange
 * had then, by the edition, the region's rules, the mappings and the certificates of then. A result that was published later could not be known
 * and is not counted.
 *
 * It discloses nothing to anybody: no check is kept, no access logged, nobody outside asked. Statements, whatever the number of items and
 * results: keys of the person, whether anything was known by then, institution, rules, permission (2, 5 where consents have changed since), and what `gatherEvidence` asks.
 */
export async function findRecognisable(reader, { institution, person, at, catalogue, except }) {
    const persons = await keysOfPersonAt(reader, person, at);
    const { edition } = catalogue;
    if (!(await hasEarlierResults(reader, persons, { at, except })))
        return { rulesVersion: null, edition, verdicts: new Map() };
    const receiver = (await findPlaces(reader, [institution])).get(institution);
    const place = { district: receiver?.district ?? '', alliances: receiver?.alliances ?? [], regions: receiver?.regions ?? [] };
    const rules = await findRuleSet(reader, place.district, at);
    const permission = await findPastPermission(reader, persons, institution, at);
    const answer = { rulesVersion: rules.version, edition };
    if (permission.basis === 'none')
        return { ...answer, verdicts: new Map() };
    const enquiry = {
        references: UNREMEMBERED,
        caller: { institution },
        place,
        receiver,
        persons,
        permission,
        catalogue,
        asked: [],
        rules,
        claim: {},
        lastTreatmentAt: undefined,
        past: { at, except },
    };
    const { candidates } = await gatherEvidence(reader, enquiry, at);
    const facts = [...catalogue.items.values()].map((item) => ({ code: item.code, item, candidates: candidates.get(item.code) ?? [] }));
    const situation = {
        now: at,
        rules,
        receiver: { institution, level: receiver?.level ?? null, alliances: place.alliances },
        permission,
        identityDoubt: false,
    };
    return { ...answer, verdicts: new Map(judgeItems(facts, situation).map((it) => [it.code, it])) };
}
/**
 * Of which items of the list a result is one that an institution coded so (`system|code`), at a moment gone by: by the codes of the catalogue, LOINC,
 * and the institution's mappings of then. Three statements, whatever the number of codes; two without LOINC codes.
 */
export async function findExaminedItems(reader, institution, codings, at) {
    const after = (system, coding) => (coding.startsWith(`${system}|`) ? [coding.slice(system.length + 1)] : []);
    const local = await findResultCodes(reader, institution, codings, at);
    const loincs = await findItemsOfLoinc(reader, codings.flatMap((it) => after(LOINC_SYSTEM, it)), at);
    const said = (coding) => [
        ...after(ITEM_SYSTEM, coding),
        ...after(LOINC_SYSTEM, coding).flatMap((it) => loincs.get(it) ?? []),
        ...(local.get(coding) ?? []),
    ];
    const { edition, items, members } = await findItems(reader, [...new Set(codings.flatMap(said))], at);
    const single = (code) => members.get(code) ?? (items.has(code) ? [code] : []);
    const byCoding = new Map(codings.map((it) => [it, [...new Set(said(it).flatMap(single))]]).filter(([, codes]) => codes.length > 0));
    const meant = new Set([...byCoding.values()].flat());
    const catalogue = {
        edition,
        items: new Map([...items].filter(([code]) => meant.has(code))),
        members: new Map(),
    };
    return { catalogue, byCoding };
}
