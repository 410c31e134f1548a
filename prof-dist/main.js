#!/usr/bin/env tsx
import { UnusablePackage } from './cli/unusable-package.js';
import { UnusableWorkers } from './cli/workers/unusable-workers.js';
import { ConfigError, readConfig } from './config.js';
import { UnusableDatabase } from './database/unusable-database.js';
/** Words to the person at the terminal. */
const say = (line) => {
    process.stderr.write(`${line}\n`);
};
/** What a command answers, for other programs to read. */
const print = (line) => {
    process.stdout.write(`${line}\n`);
};
/** Every command by its name; each answers its exit code, and is loaded when it is called. */
const COMMANDS = {
    serve: {
        does: 'serves requests until it is told to stop',
        takesPooler: true,
        run: async (config, argv) => (await import('./cli/serve.js')).serveCommand(config, argv),
    },
    migrate: {
        does: 'brings the schema of the database up to date, and spreads it over several machines',
        run: async (config, argv) => (await import('./cli/migrate.js')).migrateCommand(config, argv, say),
    },
    reindex: {
        does: 'makes what resources are found by anew from their texts',
        run: async (config, argv) => (await import('./cli/reindex.js')).reindexCommand(config, argv, say),
    },
    indicators: {
        does: 'holds the indicators against the events, or makes them anew',
        run: async (config, argv) => (await import('./cli/indicators.js')).indicatorsCommand(config, argv, print, say),
    },
    operator: {
        does: 'makes the first operator client and prints its key once',
        run: async (config, argv) => (await import('./cli/operator.js')).operatorCommand(config, argv),
    },
    audit: {
        does: 'verifies the access log, prunes it, or makes a key that signs it',
        run: async (config, argv) => (await import('./cli/audit.js')).auditCommand(config, argv, print, say),
    },
    demo: {
        does: 'shows the exchange at work on a region that does not exist',
        run: async (config, argv) => (await import('./cli/run-demo.js')).runDemo(config, argv, say),
    },
    simulate: {
        does: 'lets a region that does not exist live through a year, and states its figures',
        run: async (config, argv) => (await import('./cli/simulate.js')).simulateCommand(config, argv, { print, screen: process.stderr }),
    },
    bench: {
        does: 'measures the gateway beside bare references',
        run: async (config, argv) => (await import('./cli/bench.js')).benchCommand(config, argv, print, say),
    },
    key: {
        does: 'makes a key pair for a calling system',
        takesPooler: true,
        alone: true,
        run: async () => (await import('./cli/key.js')).keyCommand(print),
    },
    token: {
        does: 'asks a running gateway for an access token',
        takesPooler: true,
        run: async (config, argv) => (await import('./cli/token.js')).tokenCommand(config, argv, print, say),
    },
    openapi: {
        does: 'writes openapi/openapi.json from the doors',
        takesPooler: true,
        alone: true,
        run: async () => (await import('./cli/describe-api.js')).openapiCommand(),
    },
    definitions: {
        does: 'writes the tables of src/fhir/definitions from the published definitions',
        takesPooler: true,
        alone: true,
        run: async () => (await import('./cli/definitions.js')).definitionsCommand(),
    },
};
/** Errors whose message is for the person at the terminal. */
const SAID_IN_WORDS = [ConfigError, UnusableDatabase, UnusablePackage, UnusableWorkers];
async function main([name, ...argv]) {
    const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command) {
        const list = Object.entries(COMMANDS).map(([it, { does }]) => `  ${it.padEnd(11)} ${does}`);
        process.stderr.write(`Usage: tongjian <command>\n${list.join('\n')}\n`);
        return name === undefined || name === '--help' ? 0 : 2;
    }
    if (command.alone && argv.length > 0) {
        say(`Usage: tongjian ${name}\n\nIt ${command.does}, and takes no arguments.`);
        return argv[0] === '--help' ? 0 : 2;
    }
    try {
        const config = readConfig(process.env);
        if (config.databasePooler !== 'none' && !command.takesPooler) {
            throw new ConfigError([`"${name}" needs the database itself: DATABASE_URL of the server, and no DATABASE_POOLER.`]);
        }
        return await command.run(config, argv);
    }
    catch (error) {
        if (!(error instanceof Error) || !SAID_IN_WORDS.some((it) => error instanceof it))
            throw error;
        process.stderr.write(`${error.message}\n`);
        return 1;
    }
}
process.exitCode = await main(process.argv.slice(2));
