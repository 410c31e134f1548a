import { parseArgs } from 'node:util';
import { findSensitiveCodes } from '../catalogue/mappings/find-sensitive-codes.js';
import { DefinitionRegistry } from '../conformance/definition-registry.js';
import { openDatabase } from '../database/client.js';
import { GATEWAY_ROLE } from '../database/gateway-role.js';
import { migrate } from '../database/migrate.js';
import { loadSearchParameters } from '../fhir/load-search-parameters.js';
import { RESOURCE_TYPES } from '../fhir/resource-types.js';
import { reindex, resourcesToIndex } from '../resources/reindex.js';
import { decodeId, encodeId } from '../resources/resource-id.js';
import { provideDatabase } from './start-gateway.js';
const USAGE = `Usage: tongjian reindex [--type <resource type>] [--after <id>]

Makes what resources are found by anew from their texts. Needed after an upgrade that finds by more than before, and after a FHIR package
with search parameters. Gateways may go on serving meanwhile.

  --type   resources of this type alone
  --after  go on after this id, the last one an interrupted run has printed
`;
/** `tongjian reindex`: answers the exit code (2: wrong arguments). */
export async function reindexCommand(config, argv, say) {
    if (argv.includes('--help')) {
        say(USAGE);
        return 0;
    }
    let wanted;
    try {
        wanted = readArguments(argv);
    }
    catch (error) {
        if (!(error instanceof TypeError))
            throw error;
        say(`${error.message}\n\n${USAGE}`);
        return 2;
    }
    const database = await provideDatabase(config, say);
    try {
        await migrate(database.url, say);
        await reindexDatabase(database.url, wanted, say);
        return 0;
    }
    finally {
        await database.stop();
    }
}
async function reindexDatabase(url, { type, after }, say) {
    const { db, close } = openDatabase({ url, poolMax: 1, settings: { role: GATEWAY_ROLE }, statementTimeoutMs: 0 });
    try {
        await new DefinitionRegistry(db, loadSearchParameters).renew(new Date());
        const total = await resourcesToIndex(db, type);
        const begun = performance.now();
        let done = 0;
        for await (const progress of reindex(db, type, after, (it) => findSensitiveCodes(db, it, new Date()))) {
            done = progress.done;
            const perSecond = done / ((performance.now() - begun) / 1000);
            const left = Math.max(total - done, 0) / perSecond;
            say(`${done} of ${total} rows, ${Math.round(perSecond)} a second, ${Math.ceil(left)} s to go; last ${encodeId(progress.last)}`);
        }
        say(`${done} rows looked at, the index is up to date`);
    }
    finally {
        await close();
    }
}
/** Reads the arguments; throws a TypeError that says what is wrong with them. */
function readArguments(argv) {
    const { values } = parseArgs({ args: [...argv], options: { type: { type: 'string' }, after: { type: 'string' } } });
    const { type } = values;
    if (type !== undefined && !RESOURCE_TYPES.has(type))
        throw new TypeError(`--type: "${type}" is no resource type of FHIR R4`);
    const after = values.after === undefined ? undefined : decodeId(values.after);
    if (values.after !== undefined && !after)
        throw new TypeError(`--after: "${values.after}" is no id of this server`);
    return { type, after };
}
