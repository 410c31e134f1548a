import { readCsv } from '../../faces/read-csv.js';
import { COLUMNS, PANELS_SEPARATOR } from './edition-columns.rules.js';
import { insertEdition, listEditions, lockEditions } from './item.queries.js';
import { ITEMS_CSV } from './items.seed.js';
import { ITEMS_MAX, readItems } from './read-items.rules.js';
/** The editions that the project brings along, by how the last column of their items names them. */
const SEEDS = [
    {
        column: '112',
        edition: 'tongjian-112',
        title: '公开互认目录汇编：检验 45 项、影像检查 67 项',
        effectiveFrom: '2024-05-01',
    },
    {
        column: '222',
        edition: 'tongjian-222',
        title: '公开互认目录汇编：222 项（含血常规、尿常规、凝血功能组合）',
        effectiveFrom: '2025-09-01',
    },
];
/** Adds the seed editions that are absent; nobody changes one, since their days have long begun. Two statements, and two for each. */
export async function seedEditions(tx, now) {
    await lockEditions(tx);
    const there = new Set((await listEditions(tx)).map((it) => it.edition));
    for (const seed of SEEDS)
        if (!there.has(seed.edition))
            await insertEdition(tx, seed, 1, itemsOfSeed(seed.column), now);
}
/** The items of an edition; a panel that is not in it has no members there. Throws where the seed itself is at fault. */
function itemsOfSeed(column) {
    const rows = readCsv(ITEMS_CSV, { needed: [...COLUMNS, 'editions'], rowsMax: ITEMS_MAX }).filter(({ cells }) => cells.editions.split(PANELS_SEPARATOR).includes(column));
    const codes = new Set(rows.map(({ cells }) => cells.code));
    const read = readItems(rows.map(({ cells, placeOf }) => ({ cells: { ...cells, panels: codes.has(cells.panels) ? cells.panels : '' }, placeOf })));
    if ('issues' in read)
        throw new Error(read.issues.map((it) => `${it.path}: ${it.en}`).join('; '));
    return read.items;
}
