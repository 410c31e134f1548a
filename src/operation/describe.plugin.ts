import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

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
