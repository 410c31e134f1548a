import { parseArgs } from 'node:util';
import { openDatabase, transact } from '../database/client.js';
import { GATEWAY_ROLE } from '../database/gateway-role.js';
import { migrate } from '../database/migrate.js';
import { Failure } from '../failure.js';
import { createOperator } from '../institutions/create-operator.js';
import { provideDatabase } from './start-gateway.js';
const USAGE = `Usage: tongjian operator --name <name> --uscc <code> [--district <division>] [--another]

Makes the client with which the operator of the platform registers institutions and calling systems, and prints its id and
its private key (JWK, ES384) as JSON on standard output. The key is shown this once and kept nowhere.

  --name      the operator, such as 重庆市卫生健康委员会
  --uscc      its 统一社会信用代码 (18 characters, GB 32100)
  --district  its administrative division (GB/T 2260, six figures); taken from the credit code unless given
  --another   make a further operator client where there is one already
`;
const TERMINAL = {
    out: (text) => process.stdout.write(text),
    say: (text) => process.stderr.write(text),
};
/** `tongjian operator`: makes the first operator client; answers the exit code (2: wrong arguments, 1: refused). */
export async function operatorCommand(config, argv, terminal = TERMINAL) {
    const draft = readArguments(argv);
    if (typeof draft === 'string') {
        terminal.say(draft === '' ? USAGE : `${draft}\n\n${USAGE}`);
        return draft === '' ? 0 : 2;
    }
    const log = (line) => terminal.say(`${line}\n`);
    const database = await provideDatabase(config, log);
    try {
        await migrate(database.url, log);
        const operator = await makeOperator(database.url, draft, new Date());
        terminal.out(`${JSON.stringify({ ...operator, tokenEndpoint: `${config.publicUrl}/oauth2/token` }, null, 2)}\n`);
        terminal.say('Keep the private key safe: it is shown this once and kept nowhere.\n');
        return 0;
    }
    catch (error) {
        if (!(error instanceof Failure) || !['rule-violated', 'conflict'].includes(error.code))
            throw error;
        terminal.say(error.issues.map((it) => `${it.path ? `--${it.path}: ` : ''}${it.en}\n${it.zh}\n`).join(''));
        return 1;
    }
    finally {
        await database.stop();
    }
}
/** Makes an operator client in a migrated database. Throws as `createOperator` does. */
export async function makeOperator(databaseUrl, draft, now) {
    const { db, close } = openDatabase({ url: databaseUrl, poolMax: 1, settings: { role: GATEWAY_ROLE } });
    try {
        return await transact(db, (tx) => createOperator(tx, draft, now));
    }
    finally {
        await close();
    }
}
/** What was asked for, or what is wrong with it; the empty text where help was asked for. */
function readArguments(argv) {
    try {
        const { values } = parseArgs({
            args: [...argv],
            options: {
                name: { type: 'string' },
                uscc: { type: 'string' },
                district: { type: 'string' },
                another: { type: 'boolean', default: false },
                help: { type: 'boolean', short: 'h', default: false },
            },
        });
        const { name, uscc, district, another, help } = values;
        if (help)
            return '';
        if (name === undefined || uscc === undefined)
            return 'Give --name and --uscc.';
        return { name, uscc, district, another };
    }
    catch (error) {
        return error.message;
    }
}
