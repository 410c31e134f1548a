import { Type } from 'typebox';
import { smartConfiguration } from './smart-configuration.js';
/** SMART discovery, without a token: https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html. */
export const smartConfigurationRoute = async (app, { publicUrl }) => {
    const configuration = JSON.stringify(smartConfiguration(publicUrl));
    const doors = {
        '/fhir/.well-known/smart-configuration': 'showSmartConfiguration',
        '/.well-known/smart-configuration': 'showServerConfiguration',
    };
    for (const [address, operationId] of Object.entries(doors)) {
        app.get(address, {
            config: { unlogged: true },
            schema: {
                operationId,
                summary: 'How to get an access token (SMART discovery)',
                description: 'The addresses of the OAuth 2.0 endpoints, and what they take.',
                tags: ['OAuth 2.0'],
                security: [],
                response: { 200: Type.Unsafe(Type.Record(Type.String(), Type.Unknown(), { description: 'SMART App Launch 2.2.' })) },
            },
            serializerCompiler: () => String,
        }, async (_request, reply) => reply.type('application/json; charset=utf-8').header('cache-control', 'public, max-age=300').send(configuration));
    }
};
