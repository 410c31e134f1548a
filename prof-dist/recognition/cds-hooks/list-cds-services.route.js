import { Problem } from '../../faces/problem.js';
import { cardLanguageOf } from './card-language.js';
import { ServiceList } from './cds-hooks.schema.js';
import { describeServices } from './cds-services.rules.js';
/** Discovery (CDS Hooks 2.0): https://cds-hooks.hl7.org/2.0/#discovery */
export const listCdsServicesRoute = async (app) => {
    app.get('', {
        config: { unlogged: true },
        schema: {
            operationId: 'listCdsServices',
            summary: 'The CDS services',
            description: 'One entry a hook, with what may be sent along. Like every call of this face it is signed by the client.',
            tags: ['CDS Hooks'],
            security: [{ cdsClient: [] }],
            response: { 200: ServiceList, default: Problem },
        },
    }, async (request, reply) => {
        const language = cardLanguageOf(request.headers['accept-language']);
        return reply.header('content-language', language === 'zh' ? 'zh-CN' : 'en').send({ services: describeServices(language) });
    });
};
