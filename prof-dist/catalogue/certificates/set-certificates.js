import { randomBytes } from 'node:crypto';
import { recordAccess } from '../../access-log/record-access.js';
import { Failure, firstIssues } from '../../failure.js';
import { findInstitutionsByUscc } from '../../institutions/find-institution.js';
import { findScopeNames } from '../../institutions/find-scope-names.js';
import { normaliseUscc } from '../../institutions/uscc.rules.js';
import { findItems } from '../items/find-items.js';
import { insertCertificates, lockCertificates, selectCertificatesOf } from './certificate.queries.js';
import { readCertificate } from './certificate.rules.js';
import { compareCertificates } from './overlap.rules.js';
/**
 * Adds the certificates of a list, all or none. Those that are stored already stay as they are, withdrawn ones too, so that the same list again
 * changes nothing.
 *
 * Throws `rule-violated` with every faulty row: what cannot be read, and what shares a day with another certificate of the same institution,
 * item, scheme and scope, in the list or stored. Two lists at once take turns. Statements, whatever the length of the list: 7.
 */
export async function setCertificates(tx, caller, drafts, now) {
    await lockCertificates(tx);
    const list = await readList(tx, drafts, now);
    const stored = await selectCertificatesOf(tx, [...new Set(list.map((it) => it.row.institution))], [...new Set(list.map((it) => it.row.item))]);
    const comparison = compareCertificates(list, stored);
    if ('faults' in comparison)
        throw new Failure('rule-violated', firstIssues(comparison.faults));
    const storedById = new Map(stored.map((it) => [it.id, it]));
    const certificates = list.map(({ row }, index) => storedById.get(comparison.repeated[index]?.id ?? '') ?? { ...row, id: freshId(), recordedAt: now, withdrawal: null });
    const added = certificates.filter((it) => !storedById.has(it.id));
    await insertCertificates(tx, added, now);
    const entities = added.map((it) => `Certificate/${it.id}`);
    await recordAccess(tx, caller, [{ person: 0n, action: 'U', interaction: 'setCertificates', entities }], now);
    return { added: added.length, certificates };
}
async function readList(tx, drafts, now) {
    const facts = await gatherFacts(tx, drafts, now);
    const faults = [];
    const list = drafts.flatMap((draft) => {
        const read = readCertificate(draft, facts);
        if ('institution' in read)
            return [{ row: read, place: draft.placeOf('valid_from') }];
        faults.push(...read);
        return [];
    });
    if (faults.length > 0)
        throw new Failure('rule-violated', firstIssues(faults));
    return list;
}
async function gatherFacts(tx, drafts, now) {
    const usccs = new Set(drafts.map((it) => normaliseUscc(it.cells.uscc)));
    const institutions = await findInstitutionsByUscc(tx, [...usccs]);
    const { items } = await findItems(tx, [...new Set(drafts.map((it) => it.cells.item))], now);
    const names = await findScopeNames(tx);
    return {
        institutionOf: (uscc) => institutions.get(normaliseUscc(uscc))?.institution,
        isItem: (code) => items.has(code),
        nameOf: ({ kind, code }) => (kind === 'region' ? names.regions : kind === 'alliance' ? names.alliances : undefined)?.get(code),
    };
}
/** It tells nothing about what it names, and no spreadsheet takes it for a number or a formula. */
function freshId() {
    return `hr-${randomBytes(8).toString('hex')}`;
}
