import { lookupWorks, makeLookupPeople } from './lookup.js';
import { openWays } from './stage.js';
/**
 * What a replica changes for look-ups: prior results, read and search through a gateway that has one, each beside the same through a gateway that
 * reads all from the primary. Both work on one database. Where primary, replica and gateways share a machine it shows what the way to the replica
 * costs, not what it brings.
 */
export async function prepareReplica(stage) {
    const without = { ...stage, gateway: stage.references };
    const [ways, waysWithout] = [openWays(stage), openWays(without)];
    const people = await makeLookupPeople(stage, ways, stage.crowd.lookup);
    const beside = lookupWorks(without, waysWithout, people);
    return {
        works: lookupWorks(stage, ways, people).map((work, index) => ({
            ...work,
            references: beside.slice(index, index + 1).map(({ ours }) => ({ ...ours, name: 'without a replica' })),
        })),
        close: () => {
            ways.close();
            waysWithout.close();
        },
    };
}
