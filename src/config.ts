/** Everything the gateway can be told from outside, checked and with its defaults. Secrets stay inside `databaseUrl`. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Base of every address the gateway hands out, without a trailing slash. */
  readonly publicUrl: string;
  /** Absent: an embedded PostgreSQL under `dataFolder` is used. */
  readonly databaseUrl: string | undefined;
  readonly databasePoolMax: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Whether a JWKS URL may name a private or loopback address, as hospital intranets need. */
  readonly privateJwksUrls: boolean;
  readonly dataFolder: string;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The environment is wrong; `problems` says everything that is, at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The environment is not usable:\n${problems.map((it) => `  - ${it}`).join('\n')}`);
    this.problems = problems;
  }
}

/** Environment to configuration; throws one ConfigError that lists every problem. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];

  const integer = (name: string, fallback: number, min: number, max: number): number => {
    const text = env[name];
    if (text === undefined || text === '') return fallback;
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      problems.push(`${name} is "${text}"; it takes a whole number from ${min} to ${max}.`);
      return fallback;
    }
    return value;
  };
  const url = (name: string, protocols: readonly string[]): string | undefined => {
    const text = env[name];
    if (text === undefined || text === '') return undefined;
    const parsed = URL.canParse(text) ? new URL(text) : undefined;
    if (!parsed || !protocols.includes(parsed.protocol)) {
      // The value may hold a password, so it is not repeated here.
      problems.push(`${name} is not a URL that begins with ${protocols.map((it) => `${it}//`).join(' or ')}.`);
      return undefined;
    }
    return text.replace(/\/+$/, '');
  };
  const flag = (name: string): boolean => {
    const text = env[name] ?? '';
    if (!['', 'true', 'false'].includes(text)) problems.push(`${name} is "${text}"; it takes true or false.`);
    return text === 'true';
  };

  const host = env['HOST'] || '127.0.0.1';
  const port = integer('PORT', 8080, 0, 65_535);
  if (['0.0.0.0', '::'].includes(host) && !env['PUBLIC_URL']) {
    problems.push(`PUBLIC_URL is needed with HOST ${host}: callers need an address they can reach, and tokens carry it.`);
  }
  const logLevel = LOG_LEVELS.find((it) => it === (env['LOG_LEVEL'] || 'info'));
  if (!logLevel) problems.push(`LOG_LEVEL is "${env['LOG_LEVEL']}"; it takes one of ${LOG_LEVELS.join(', ')}.`);

  const config: Config = {
    host,
    port,
    publicUrl: url('PUBLIC_URL', ['http:', 'https:']) ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    databaseUrl: url('DATABASE_URL', ['postgres:', 'postgresql:']),
    databasePoolMax: integer('DATABASE_POOL_MAX', 16, 2, 1_000),
    logLevel: logLevel ?? 'info',
    privateJwksUrls: flag('JWKS_PRIVATE_ADDRESSES'),
    dataFolder: env['DATA_FOLDER'] || '.data',
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}
