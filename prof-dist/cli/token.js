import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseActingPractitioner } from '../security/caller-headers.rules.js';
import { DemoError } from './demo/answer.js';
import { CallingSystem } from './demo/http-client.js';
const USAGE = `Usage: tongjian token --client <id> --key <file> --scope "<scopes>" [--practitioner "<system>|<value>, <name>"] [--url <address of the gateway>]

Prints an access token, good for five minutes. <file> holds a private JWK, or the answer of "tongjian key" or "tongjian operator".
The scope break-glass is given to the token of a named practitioner only.`;
/**
 * `tongjian token`: signs a client assertion and asks a gateway (at PUBLIC_URL unless another is named) for a token, for
 * trying things out by hand. Answers the exit code.
 */
export async function tokenCommand({ publicUrl }, argv, print, complain) {
    if (argv.includes('--help')) {
        complain(USAGE);
        return 0;
    }
    let wanted;
    try {
        wanted = await readArguments(argv);
    }
    catch (error) {
        if (!(error instanceof TypeError))
            throw error;
        complain(`${error.message}\n\n${USAGE}`);
        return 2;
    }
    const { url = publicUrl, clientId, privateJwk, scopes, practitioner } = wanted;
    const system = new CallingSystem(url, { clientId, privateJwk, scopes });
    try {
        print(await (practitioner ? system.tokenOf(practitioner, scopes) : system.token()));
        return 0;
    }
    catch (error) {
        if (!(error instanceof DemoError))
            throw error;
        complain(error.message);
        return 1;
    }
}
/** Reads the arguments and the file of the key; throws a TypeError that says what is wrong with them. */
async function readArguments(argv) {
    const { values } = parseArgs({
        args: [...argv],
        options: {
            client: { type: 'string' },
            key: { type: 'string' },
            scope: { type: 'string' },
            practitioner: { type: 'string' },
            url: { type: 'string' },
        },
    });
    const { key, scope, url } = values;
    if (key === undefined || scope === undefined)
        throw new TypeError('Give --key and --scope.');
    const practitioner = values.practitioner === undefined ? undefined : parseActingPractitioner(values.practitioner);
    if (values.practitioner !== undefined && !practitioner)
        throw new TypeError('--practitioner takes <system>|<value>, <name>');
    const file = await readKey(key);
    const clientId = values.client ?? file.clientId;
    if (clientId === undefined)
        throw new TypeError(`Give --client: ${key} names none.`);
    return { url, clientId, privateJwk: file.privateJwk ?? file, scopes: scope.split(/\s+/), practitioner };
}
async function readKey(file) {
    const text = await readFile(file, 'utf8').catch((error) => {
        throw new TypeError(`--key: ${file} cannot be read (${error.code})`, { cause: error });
    });
    try {
        return JSON.parse(text);
    }
    catch (error) {
        throw new TypeError(`--key: ${file} is no JSON`, { cause: error });
    }
}
