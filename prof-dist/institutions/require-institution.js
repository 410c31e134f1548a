import { Failure } from '../failure.js';
import { findInstitutionsByUscc } from './find-institution.js';
import { isUscc, normaliseUscc } from './uscc.rules.js';
/** The active institution of a credit code in the input. Throws `rule-violated` at `path` where none takes part. */
export async function requireInstitution(reader, uscc, path) {
    const [institution] = await requireInstitutions(reader, [uscc], () => path);
    if (!institution)
        throw unknown(uscc, path);
    return institution;
}
/** The active institutions of several credit codes, in their order, in one statement. Throws `rule-violated` naming every one that is none. */
export async function requireInstitutions(reader, usccs, pathOf) {
    const codes = usccs.map(normaliseUscc);
    const known = await findInstitutionsByUscc(reader, codes.filter(isUscc));
    const found = codes.map((code) => known.get(code));
    const issues = found.flatMap((it, index) => (it?.active ? [] : unknown(usccs[index] ?? '', pathOf(index)).issues));
    if (issues.length > 0)
        throw new Failure('rule-violated', issues);
    return found.filter((it) => it !== undefined);
}
function unknown(uscc, path) {
    return new Failure('rule-violated', {
        path,
        en: `No institution that takes part has the 统一社会信用代码 "${uscc}". The operator registers it as a FHIR Organization.`,
        zh: `没有统一社会信用代码为“${uscc}”的参与机构。请先由平台运营方以 FHIR Organization 登记。`,
    });
}
