import { Failure } from '../../failure.js';
import { findInstitution, findInstitutionByUscc } from '../../institutions/find-institution.js';
import { normaliseUscc } from '../../institutions/uscc.rules.js';
import { allows } from '../../security/scope.rules.js';
/**
 * Whose mappings are meant: the caller's own, or, for the operator, those of the institution of a credit code.
 *
 * Throws `not-owner` for any other code, whether or not an institution has it; to the operator `not-found`.
 */
export async function mappingHolder(reader, caller, uscc) {
    const wanted = uscc === undefined ? undefined : normaliseUscc(uscc);
    if (wanted !== undefined && allows(caller.scopes, 'operator')) {
        const institution = await findInstitutionByUscc(reader, wanted);
        if (institution)
            return institution;
        throw new Failure('not-found', {
            path: 'uscc',
            en: `no institution with the credit code "${wanted}" is registered`,
            zh: `统一社会信用代码为“${wanted}”的机构尚未登记`,
        });
    }
    const own = await findInstitution(reader, caller.institution);
    if (own && (wanted === undefined || wanted === own.uscc))
        return own;
    throw new Failure('not-owner', {
        path: 'uscc',
        en: 'an institution sees and sets its own mappings; those of others are the operator’s business',
        zh: '机构只能查看和设置本机构的对照关系；其他机构的由平台运营方管理',
    });
}
