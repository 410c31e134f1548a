import { Failure } from '../failure.js';
import { openPage, pageSecret, sealPage } from './page-token.js';
/** What tells its tokens from those of other lists. */
const PURPOSE = 'search';
/** The token of the page that follows. */
export async function sealWalk(reader, caller, walk, now) {
    const payload = [PURPOSE, walk.types, walk.used, walk.begun.getTime(), walk.place, walk.total ?? null];
    return sealPage(await pageSecret(reader, now), caller, payload, now);
}
/**
 * The search that a token goes on with. Throws `parameter-invalid` for parameters beside the token that the search did not begin with, and
 * for a token of other types; see `openPage` for the rest.
 */
export async function openWalk(reader, caller, token, types, beside, now) {
    const payload = openPage(await pageSecret(reader, now), caller, token, now);
    const [purpose, ofTypes, used, begun, place, total] = payload;
    if (purpose !== PURPOSE || (types && types.join() !== ofTypes.join())) {
        throw new Failure('parameter-invalid', { path: '_page', en: 'is a link of another search', zh: '不是此检索的分页链接' });
    }
    for (const [name, value] of beside) {
        if (used.some((it) => it[0] === name && it[1] === value))
            continue;
        throw new Failure('parameter-invalid', {
            path: name,
            en: `${name} is not what the search began with; a next link is asked for as it was given`,
            zh: `${name} 与检索开始时不一致；请原样使用 next 链接`,
        });
    }
    return { types: ofTypes, used, begun: new Date(begun), place, total: total ?? undefined };
}
