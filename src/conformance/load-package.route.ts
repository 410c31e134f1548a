import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { afterCommit, transact } from '../database/client.ts';
import { Problem } from '../faces/problem.ts';
import type { Custody } from '../resources/custody.ts';
import { requireScope } from '../security/require-scope.ts';
import { loadPackage } from './load-package.ts';
import { LoadedPackage } from './package.schema.ts';
import { readPackage } from './read-package.ts';

/** Packages are compressed; unpacked they may be four times this. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024;

/** Loads a FHIR package: https://hl7.org/fhir/packages.html */
export const loadPackageRoute: FastifyPluginAsyncTypebox<{ readonly record: Custody['record'] }> = async (app, { record }) => {
  app.addContentTypeParser(
    ['application/gzip', 'application/x-gzip', 'application/tar+gzip', 'application/x-gtar', 'application/octet-stream'],
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES },
    (_request, body, done) => done(null, body),
  );

  app.post(
    '/packages',
    {
      config: { work: 'report' },
      bodyLimit: BODY_LIMIT_BYTES,
      schema: {
        operationId: 'loadPackage',
        summary: 'Load a FHIR package',
        description:
          'By the operator: a published guide (npm-style .tgz) of profiles, value sets, code systems, search parameters and concept maps. Every ' +
          'gateway uses it within a second. The same file again is answered 200; another one under the same name and version 409.',
        tags: ['Packages'],
        consumes: ['application/gzip'],
        response: { 200: LoadedPackage, 201: LoadedPackage, default: Problem },
      },
    },
    async (request, reply) => {
      const { caller } = request;
      const now = new Date();
      requireScope(caller, 'operator');

      const source = await readPackage(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
      const { name, version, canonical, sha256 } = source;
      const outcome = await transact(app.reportDb, async (tx) => {
        const done = await loadPackage(tx, source, now);
        const entities = [`Package/${name}|${version}`];
        await record(tx, caller, [{ person: 0n, action: done === 'loaded' ? 'C' : 'E', interaction: 'loadPackage', entities }], now);
        if (done === 'loaded') afterCommit(tx, () => app.definitions.outdate());
        return done;
      });

      reply.code(outcome === 'loaded' ? 201 : 200);
      return { name, version, ...(canonical === null ? {} : { canonical }), sha256 };
    },
  );
};
