#!/usr/bin/env tsx
import { openapiCommand } from './cli/describe-api.ts';
import { migrateCommand } from './cli/migrate.ts';
import { serveCommand } from './cli/serve.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { UnusableDatabase } from './database/unusable-database.ts';

/** Every command by its name; each answers its exit code. The others are read only when they are asked for. */
const COMMANDS: Readonly<Record<string, { does: string; run(config: Config, argv: readonly string[]): Promise<number> }>> = {
  serve: { does: 'serves requests until it is told to stop', run: (config) => serveCommand(config) },
  openapi: { does: 'writes openapi/openapi.json from the routes', run: () => openapiCommand() },
  migrate: {
    does: 'brings the schema of the database up to date',
    run: async (config) => {
      await migrateCommand(config, say);
      return 0;
    },
  },
};

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function main([name, ...argv]: readonly string[]): Promise<number> {
  const command = name === undefined ? undefined : COMMANDS[name];
  if (!command) {
    const list = Object.entries(COMMANDS).map(([it, { does }]) => `  ${it.padEnd(10)} ${does}`);
    process.stderr.write(`Usage: tongjian <command>\n${list.join('\n')}\n`);
    return name === undefined || name === '--help' ? 0 : 2;
  }
  try {
    return await command.run(readConfig(process.env), argv);
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof UnusableDatabase)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
