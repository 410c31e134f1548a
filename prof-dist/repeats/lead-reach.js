import { Failure } from '../failure.js';
import { findInstitutionByUscc } from '../institutions/find-institution.js';
import { normaliseUscc } from '../institutions/uscc.rules.js';
import { decodeId } from '../resources/resource-id.js';
import { requireScope } from '../security/require-scope.js';
import { allows } from '../security/scope.rules.js';
import { findLead } from './lead.queries.js';
/** Whose leads the caller may see: the region's (`undefined`) with `audit.read`, its own institution's with `leads.review`. Throws `scope-insufficient`. */
export function leadReach(caller) {
    if (allows(caller.scopes, 'audit.read'))
        return undefined;
    requireScope(caller, 'leads.review');
    return caller.institution;
}
/** Whose leads the caller may follow up: `leads.review` for its own institution's, with `audit.read` beside it for the region's. */
export function reviewReach(caller) {
    requireScope(caller, 'leads.review');
    return leadReach(caller);
}
/** No institution has this number: an unknown credit code means no leads. */
const NOBODY = 0;
/** The institutions whose leads are meant: those within reach, and of these the one that is asked for. At most one statement. */
export async function institutionsMeant(reader, reach, uscc) {
    const within = reach === undefined ? [] : [reach];
    if (uscc === undefined)
        return within;
    return [...within, (await findInstitutionByUscc(reader, normaliseUscc(uscc)))?.institution ?? NOBODY];
}
/** The lead of that id within reach. Throws `not-found`, for one of another institution as for one that never was. */
export async function requireLead(reader, reach, id) {
    const lead = await findLead(reader, requireKey(id), reach);
    if (lead)
        return lead;
    throw notFound(id);
}
/** The key that an id stands for. Throws `not-found`. */
export function requireKey(id) {
    const key = decodeId(id);
    if (key)
        return key;
    throw notFound(id);
}
function notFound(id) {
    return new Failure('not-found', {
        path: 'id',
        en: `no lead "${id}" is within your reach`,
        zh: `您的权限范围内没有编号为“${id}”的线索`,
    });
}
