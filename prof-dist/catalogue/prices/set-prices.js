import { recordAccess } from '../../access-log/record-access.js';
import { readMoment } from '../../beijing-time.js';
import { Failure } from '../../failure.js';
import { findInstitution, findInstitutionByUscc } from '../../institutions/find-institution.js';
import { normaliseUscc } from '../../institutions/uscc.rules.js';
import { allows } from '../../security/scope.rules.js';
import { findItems } from '../items/find-items.js';
import { districtHolder, institutionHolder } from './find-prices.js';
import { addPrices } from './price.queries.js';
import { faultsOfPrices } from './price.rules.js';
/**
 * Sets what examinations cost at an institution or in a district, from a moment on (now, unless said otherwise). Every change is a new
 * version; what was frozen with an earlier one stays as it was. All rows or none.
 *
 * Throws `not-owner` (neither the operator nor the institution itself), `rule-violated` with every faulty row.
 */
export async function setPrices(tx, caller, list, now) {
    const holder = await holderFor(tx, caller, list.holder);
    const { items } = await findItems(tx, list.prices.map((it) => it.item), now);
    const rows = list.prices.map(({ item, amountFen, validFrom }) => ({
        item,
        amountFen,
        validFrom: validFrom === undefined ? now : readMoment(validFrom),
    }));
    const faults = faultsOfPrices(rows, (code) => items.has(code), list.placeOf);
    if (faults.length > 0)
        throw new Failure('rule-violated', faults);
    const set = await addPrices(tx, holder, rows.map(({ validFrom, ...row }) => ({ ...row, validFrom: validFrom ?? now })), now);
    const entities = set.map((it) => `Price/${holder}/${it.item}/_history/${it.version}`);
    await recordAccess(tx, caller, [{ person: 0n, action: 'U', interaction: 'setPrices', entities }], now);
    return set;
}
async function holderFor(tx, caller, holder) {
    const isOperator = allows(caller.scopes, 'operator');
    if ('district' in holder) {
        if (!isOperator)
            throw notOwner('holder.district');
        return districtHolder(holder.district);
    }
    const uscc = normaliseUscc(holder.uscc);
    if (!isOperator) {
        // Another institution's code and nobody's code get the same answer.
        const own = await findInstitution(tx, caller.institution);
        if (own?.uscc !== uscc)
            throw notOwner('holder.uscc');
        return institutionHolder(own.institution);
    }
    const institution = await findInstitutionByUscc(tx, uscc);
    if (institution)
        return institutionHolder(institution.institution);
    throw new Failure('rule-violated', {
        path: 'holder.uscc',
        en: `no institution with the credit code "${uscc}" is registered`,
        zh: `统一社会信用代码为“${uscc}”的机构尚未登记`,
    });
}
function notOwner(path) {
    return new Failure('not-owner', {
        path,
        en: 'an institution sets its own prices; those of others and of districts are set by the operator',
        zh: '机构只能设置本机构的价格；其他机构和地区的价格由平台运营方设置',
    });
}
