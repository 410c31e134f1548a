import { findAllianceMembers, findRegionDivisions } from '../../institutions/find-territory.js';
import { isWithin, readScope } from './scope.rules.js';
/** Every scope that has the whole of this one in it, itself and the nation included: whoever is marked for one of them is marked here. */
export async function findScopesOver(reader, scope) {
    const regions = await findRegionDivisions(reader);
    const members = scope.kind === 'alliance' ? await findAllianceMembers(reader, scope.code) : [];
    const territory = { regions, members: new Map([[scope.code, members]]) };
    return candidates(scope, regions, members).filter((it) => isWithin(scope, it, territory));
}
/** Every scope that could have it in it, each once. */
function candidates(scope, regions, members) {
    const divisions = [scope.code, ...(scope.kind === 'region' ? (regions.get(scope.code) ?? []) : []), ...members.map((it) => it.district)];
    const texts = new Set([
        'nation',
        ...divisions.flatMap((it) => [`province:${it.slice(0, 2)}`, `city:${it.slice(0, 4)}`, `district:${it}`]),
        ...[...regions.keys(), scope.code].map((it) => `region:${it}`),
        ...[...members.flatMap((it) => it.alliances), scope.code].map((it) => `alliance:${it}`),
    ]);
    return [...texts].flatMap((it) => readScope(it) ?? []);
}
