import Fastify, { type FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { SchemaCompilers } from '../../src/faces/schema-compilers.ts';
import { useGateway } from '../support/gateway.ts';

const gateway = useGateway();

test('the schemas of every door can be made programs', async () => {
  await expect(gateway.app.compileSchemas()).resolves.toBeUndefined();
});

test('a door checks and answers by its schemas, whether they are made before or at its first request', async () => {
  const schema = {
    querystring: { type: 'object', properties: { days: { type: 'integer' } } },
    body: { type: 'object', properties: { days: { type: 'integer' } } },
    response: { 200: { type: 'object', properties: { days: { type: 'integer' } } } },
  };
  const [early, late] = [serverWith(schema), serverWith(schema)];
  await early.ready();
  await early.compileSchemas();

  for (const app of [early, late]) {
    const ask = async (days: unknown) => {
      const answer = await app.inject({ method: 'POST', url: '/?days=3', body: { days } });
      return [answer.statusCode, answer.statusCode === 200 ? answer.json() : answer.json().message];
    };
    expect(await ask(2)).toEqual([200, { days: 5 }]);
    expect(await ask('2')).toEqual([400, 'body/days must be integer']);
    expect(await ask(4)).toEqual([200, { days: 7 }]);
  }
});

test('a schema that is none is found when all are made', async () => {
  const app = serverWith({ body: { type: 'nonsense' } });
  await app.ready();

  await expect(app.compileSchemas()).rejects.toThrow(/type/);
});

/** Adds up what the query and the body say, and answers more than its schema knows. */
function serverWith(schema: object): FastifyInstance {
  const compilers = new SchemaCompilers();
  const app = Fastify({ schemaController: { compilersFactory: { buildSerializer: compilers.buildSerializer } } });
  compilers.serve(app);
  app.post<{ Querystring: { days: number }; Body: { days: number } }>('/', { schema }, async ({ query, body }) => ({
    days: query.days + body.days,
    more: true,
  }));
  return app;
}
