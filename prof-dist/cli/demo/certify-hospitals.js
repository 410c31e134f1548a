import { listAt, textAt } from './answer.js';
const PAGE = 100;
const YEAR_MS = 365 * 86_400_000;
/**
 * Certifies that these hospitals passed the quality assessment of Chongqing (渝HR) for every item of the list, for a year before and after
 * today: an invented fact like the hospitals themselves. Without a mark none of their results may be recognised.
 */
export async function certifyHospitals(operator, usccs) {
    const items = await listItemCodes(operator);
    const day = (ms) => new Date(ms).toISOString().slice(0, 10);
    const [validFrom, validUntil] = [day(Date.now() - YEAR_MS), day(Date.now() + YEAR_MS)];
    for (const uscc of usccs) {
        const certificates = items.map((item) => ({
            uscc,
            item,
            scheme: '示范室间质量评价',
            scope: 'province:50',
            score: 92,
            validFrom,
            validUntil,
        }));
        (await operator.send('PUT', '/v1/catalogue/certificates', { body: { certificates } })).expectOk('Certifying the hospitals');
    }
}
async function listItemCodes(operator) {
    const codes = [];
    for (let cursor = '';;) {
        const { body } = (await operator.send('GET', `/v1/catalogue/items?limit=${PAGE}${cursor}`)).expectOk('Reading the list of items');
        codes.push(...listAt(body, 'items').map((it) => textAt(it, 'code')));
        const next = textAt(body, 'next');
        if (next === '')
            return codes;
        cursor = `&cursor=${encodeURIComponent(next)}`;
    }
}
