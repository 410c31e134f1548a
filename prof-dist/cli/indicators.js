import { parseArgs } from 'node:util';
import { LogSigner } from '../access-log/transparency/log-signer.js';
import { readMoment } from '../beijing-time.js';
import { openDatabase } from '../database/client.js';
import { GATEWAY_ROLE } from '../database/gateway-role.js';
import { migrate } from '../database/migrate.js';
import { checkDays, rebuildDays } from '../indicators/check-days.js';
import { findInstitutions } from '../institutions/find-institution.js';
import { provideDatabase } from './start-gateway.js';
const USAGE = `Usage: tongjian indicators --check | --rebuild [--from <day>] [--to <day>]

Recomputes the indicators of each day and institution from the events: checks, decisions, revocations and look-ups. Gateways may go on serving
meanwhile.

  --check    compares with what is kept, names the days that differ, and ends with 1 if there are any
  --rebuild  keeps what was recomputed, and names the days that differed
  --from     first day, Beijing time (2026-03-01)
  --to       the day after the last one
`;
/** `tongjian indicators`: answers the exit code (1: a checked day differs, 2: wrong arguments). */
export async function indicatorsCommand(config, argv, print, say) {
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
        return await goThroughDays(database.url, new LogSigner(config), wanted, print);
    }
    finally {
        await database.stop();
    }
}
/** Goes through the days of a database that is there; answers the exit code. */
export async function goThroughDays(url, signer, { mode, ...period }, print) {
    const { db, close } = openDatabase({ url, poolMax: 2, settings: { role: GATEWAY_ROLE }, statementTimeoutMs: 0 });
    try {
        const days = mode === 'check' ? checkDays(db, signer, period, () => new Date()) : rebuildDays(db, signer, period, () => new Date());
        let seen = 0;
        let wrong = 0;
        for await (const { institution, day, differences } of days) {
            seen += 1;
            if (differences.length === 0)
                continue;
            wrong += 1;
            const known = (await findInstitutions(db, [institution])).get(institution);
            print(`${day} ${known?.uscc ?? institution} ${known?.name ?? ''}`.trim());
            for (const line of differences)
                print(`  ${line}`);
        }
        const verb = mode === 'check' ? 'differ from' : 'differed from';
        print(`${seen} days of institutions recomputed from the events, ${wrong} ${verb} what was kept`);
        return mode === 'check' && wrong > 0 ? 1 : 0;
    }
    finally {
        await close();
    }
}
/** Reads the arguments; throws a TypeError that says what is wrong with them. */
function readArguments(argv) {
    const { values } = parseArgs({
        args: [...argv],
        options: {
            check: { type: 'boolean' },
            rebuild: { type: 'boolean' },
            from: { type: 'string' },
            to: { type: 'string' },
        },
    });
    if ((values.check ?? false) === (values.rebuild ?? false))
        throw new TypeError('say either --check or --rebuild');
    for (const name of ['from', 'to']) {
        const day = values[name];
        if (day !== undefined && (day.length !== 10 || !readMoment(day)))
            throw new TypeError(`--${name}: there is no day ${day}`);
    }
    return { mode: values.check ? 'check' : 'rebuild', from: values.from ?? '2000-01-01', until: values.to ?? '9999-12-31' };
}
