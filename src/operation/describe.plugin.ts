import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** What a caller may say about a request, at every door behind a token. */
const CALLER_HEADERS = {
  type: 'object',
  properties: {
    'X-Acting-Practitioner': {
      type: 'string',
      description:
        'The clinician who acts: `<identifier system>|<value>, <name>`, the name percent-encoded UTF-8. Needed to look across institutions.',
      examples: ['urn:oid:2.16.156.10011.1.4|D-1001, %E6%9E%97%E6%95%8F'],
    },
    'X-Purpose-Of-Use': {
      type: 'string',
      description: 'v3-ActReason; TREAT unless said otherwise. BTG and ETREAT are emergency access and need a reason.',
      examples: ['TREAT'],
    },
    'X-Break-Glass-Reason': { type: 'string', description: 'The written reason of an emergency access, percent-encoded UTF-8.' },
    'Accept-Language': { type: 'string', description: 'Language of errors: zh or en.', examples: ['zh-CN'] },
  },
};

/**
 * Keeps the description of every door (OpenAPI 3.1), served at `/openapi.json` and, for reading, at `/docs`. A door without an operationId cannot be registered, so
 * none is undocumented; two with the same cannot either.
 */
export const describePlugin = fp(
  async (app: FastifyInstance, { version, publicUrl }: { version: string; publicUrl: string }) => {
    const operations = new Set<string>();
    app.addHook('onRoute', (route) => {
      if (route.method === 'HEAD' || route.schema?.hide) return;
      const operationId = route.schema?.operationId;
      if (!operationId) throw new Error(`${String(route.method)} ${route.url} has no operationId`);
      if (operations.has(operationId)) throw new Error(`operationId ${operationId} stands twice`);
      operations.add(operationId);
    });
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Tongjian (通检)',
          version,
          description: 'Exchange for the mutual recognition of examination results (检查检验结果互认) between the hospitals of a region.',
        },
        servers: [{ url: publicUrl }],
        components: {
          securitySchemes: {
            backendServices: {
              type: 'oauth2',
              description: 'SMART Backend Services: client_credentials with private_key_jwt.',
              flows: { clientCredentials: { tokenUrl: '/oauth2/token', scopes: {} } },
            },
          },
        },
        security: [{ backendServices: [] }],
      },
      transform: ({ schema, url }) => ({ schema: schema.security?.length === 0 ? schema : { ...schema, headers: CALLER_HEADERS }, url }),
      refResolver: { buildLocalReference: (json, _base, _fragment, index) => String(json['title'] ?? json.$id ?? `Schema${index}`) },
    });
    await app.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP: true,
      // The page is read over plain HTTP on an intranet as well, and asks nobody outside.
      transformStaticCSP: (header) => header.replace('upgrade-insecure-requests;', '').replace(' validator.swagger.io', ''),
      uiConfig: { validatorUrl: null },
    });
    app.get(
      '/openapi.json',
      { schema: { operationId: 'describe', summary: 'This description', tags: ['Operation'], security: [] } },
      async (_request, reply) => reply.type('application/json; charset=utf-8').send(JSON.stringify(app.swagger())),
    );
  },
  { name: 'describe', fastify: '5.x' },
);
