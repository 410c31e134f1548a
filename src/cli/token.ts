import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { JWK } from 'jose';
import type { Config } from '../config.ts';
import { parseActingPractitioner } from '../security/caller-headers.rules.ts';
import { DemoError } from './demo/answer.ts';
import { CallingSystem } from './demo/http-client.ts';

const USAGE = `Usage: tongjian token --client <id> --key <file> --scope "<scopes>" [--practitioner "<system>|<value>, <name>"] [--url <address of the gateway>]

Prints an access token, good for five minutes. <file> holds a private JWK, or the answer of "tongjian key" or "tongjian operator".
The scope break-glass is given to the token of a named practitioner only.`;

/**
 * `tongjian token`: signs a client assertion and asks a gateway (at PUBLIC_URL unless another is named) for a token, for
 * trying things out by hand. Answers the exit code.
 */
export async function tokenCommand(
  { publicUrl }: Pick<Config, 'publicUrl'>,
  argv: readonly string[],
  print: (line: string) => void,
  complain: (line: string) => void,
): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      client: { type: 'string' },
      key: { type: 'string' },
      scope: { type: 'string' },
      practitioner: { type: 'string' },
      url: { type: 'string' },
      help: { type: 'boolean' },
    },
    strict: true,
  });
  const practitioner = values.practitioner === undefined ? undefined : parseActingPractitioner(values.practitioner);
  if (values.help || !values.key || !values.scope || (values.practitioner !== undefined && !practitioner)) {
    complain(USAGE);
    return values.help ? 0 : 2;
  }
  const file = JSON.parse(await readFile(values.key, 'utf8')) as JWK & { privateJwk?: JWK; clientId?: string };
  const clientId = values.client ?? file.clientId;
  if (!clientId) {
    complain(USAGE);
    return 2;
  }
  const scopes = values.scope.split(/\s+/);
  const system = new CallingSystem(values.url ?? publicUrl, {
    clientId,
    privateJwk: file.privateJwk ?? file,
    scopes,
  });
  try {
    print(await (practitioner ? system.tokenOf(practitioner, scopes) : system.token()));
    return 0;
  } catch (error) {
    if (!(error instanceof DemoError)) throw error;
    complain(error.message);
    return 1;
  }
}
