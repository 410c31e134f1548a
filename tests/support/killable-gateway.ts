import { buildServer } from '../../src/server.ts';

/**
 * A program of its own that is there to be killed: the real gateway on the database of its first argument, with so little rest between its
 * rounds (milliseconds, the second argument) that every moment falls into one. Says its port.
 */
const [databaseUrl = '', restMs = '20'] = process.argv.slice(2);
const app = await buildServer({
  publicUrl: 'http://gateway.test',
  databaseUrl,
  databasePoolMax: 16,
  logLevel: 'silent',
  privateJwksUrls: true,
  roundsMs: Number(restMs),
});
await app.listen({ host: '127.0.0.1', port: 0 });
const [address] = app.addresses();
process.stdout.write(`${typeof address === 'object' ? address.port : ''}\n`);
