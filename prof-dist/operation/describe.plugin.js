import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fp from 'fastify-plugin';
/** What a caller may say about a request, at every door behind a token. */
const CALLER_HEADERS = {
    type: 'object',
    properties: {
        'X-Acting-Practitioner': {
            type: 'string',
            description: 'The clinician who acts: `<identifier system>|<value>, <name>`, the name percent-encoded UTF-8. Needed to look across institutions.',
            examples: ['urn:oid:2.16.156.10011.1.4|D-1001, %E6%9E%97%E6%95%8F'],
        },
        'X-Purpose-Of-Use': {
            type: 'string',
            description: 'v3-ActReason; TREAT unless said otherwise. BTG and ETREAT are emergency access: they need a written reason and a token of the acting clinician with the scope break-glass.',
            examples: ['TREAT'],
        },
        'X-Break-Glass-Reason': { type: 'string', description: 'The written reason of an emergency access, percent-encoded UTF-8.' },
        'Accept-Language': { type: 'string', description: 'Language of errors: zh or en.', examples: ['zh-CN'] },
    },
};
/** The order in which a reader meets the doors: get in, be known, publish, consent, check and decide, account, look back, run it. */
const TAGS = [
    { name: 'OAuth 2.0', description: 'Access tokens: SMART Backend Services.' },
    { name: 'Institutions', description: 'Alliances and named regions. Institutions themselves are FHIR Organizations.' },
    { name: 'Clients', description: 'The calling systems of the institutions.' },
    { name: 'FHIR', description: 'FHIR R4: publish, read, search, look up.' },
    { name: 'Packages', description: 'Published guides (FHIR packages) whose profiles and codes hold here.' },
    { name: 'Terminology', description: 'Codes: look up, check, list, translate; the definitions of this server itself.' },
    { name: 'Consent', description: 'What patients permit and deny, in flat JSON; the same as FHIR Consents.' },
    { name: 'Recognition', description: 'Is there a recognisable prior result, and what did the clinician decide?' },
    { name: 'CDS Hooks', description: 'Reminders at order entry, as cards (CDS Hooks 2.0); each call is a JWT signed by the client.' },
    { name: 'Recalls', description: 'Corrected and withdrawn reports that others relied on, told once to each of them.' },
    { name: 'Savings', description: 'The account of examinations not repeated, to the fen.' },
    { name: 'Indicators', description: 'Rates of recognition (互认率) and of repeats, concentration of reasons, time to decide.' },
    { name: 'Repeats', description: 'Examinations made again without an accepted reason (线索), followed up and closed.' },
    { name: 'Catalogue', description: 'Items that may be recognised, reasons for not doing so, prices.' },
    { name: 'Access log', description: 'Who looked at what, refusals included; as flat entries and as FHIR AuditEvents.' },
    { name: 'Transparency', description: 'The tree over the access log (C2SP tlog-tiles): hashes alone, for everybody.' },
    { name: 'Operation', description: 'Health, measurements, this description.' },
];
/** What each scope beside FHIR's permits. */
const SCOPES = {
    'system/*.cruds': 'FHIR resources: SMART v2 scopes, of one type or of all.',
    'recognition.check': 'Ask for recognisable prior results.',
    'recognition.decide': 'Recognise results, or say why not.',
    'break-glass': 'Emergency access for the clinician named in the token (ihe_iua); given to no token that names none.',
    'audit.read': 'The access log of every institution.',
    'audit.review': 'Review the emergency accesses within reach: the own institution’s, with audit.read every institution’s.',
    'patient-log.read': 'Who looked at one patient’s data, for that patient: alone in a token that names the patient (ihe_pcf), as a patient portal asks for.',
    'savings.read': 'The savings of the whole region.',
    'leads.review': 'Following up repeats without an accepted reason; of the whole region together with audit.read.',
    operator: 'Institutions, clients, catalogue and prices.',
};
/** What an answer is where its schema does not say. */
const ANSWERS = { 200: 'Served.', 201: 'Stored.', 503: 'Not now.' };
/**
 * Keeps the description of every door (OpenAPI 3.1), served at `/openapi.json` and, for reading, at `/docs`. A door without an operationId
 * cannot be registered, so none is undocumented; two with the same cannot either.
 */
export const describePlugin = fp(async (app, { version, publicUrl }) => {
    const operations = new Set();
    app.addHook('onRoute', (route) => {
        if (route.method === 'HEAD' || route.schema?.hide)
            return;
        const operationId = route.schema?.operationId;
        if (!operationId)
            throw new Error(`${String(route.method)} ${route.url} has no operationId`);
        if (operations.has(operationId))
            throw new Error(`operationId ${operationId} stands twice`);
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
            tags: TAGS,
            components: {
                securitySchemes: {
                    backendServices: {
                        type: 'oauth2',
                        description: 'SMART Backend Services: client_credentials with private_key_jwt.',
                        flows: { clientCredentials: { tokenUrl: '/oauth2/token', scopes: { ...SCOPES } } },
                    },
                    cdsClient: {
                        type: 'http',
                        scheme: 'bearer',
                        bearerFormat: 'JWT',
                        description: 'CDS Hooks: a JWT by ES384 or RS384 for this very address, `iss` as registered, good for five minutes and once.',
                    },
                },
            },
            security: [{ backendServices: [] }],
        },
        transform: ({ schema, url }) => ({ schema: described(schema), url }),
        refResolver: { buildLocalReference: (json, _base, _fragment, index) => String(json['title'] ?? json.$id ?? `Schema${index}`) },
    });
    await app.register(swaggerUi, {
        routePrefix: '/docs',
        staticCSP: true,
        // The page is read over plain HTTP on an intranet as well, and asks nobody outside.
        transformStaticCSP: (header) => header.replace('upgrade-insecure-requests;', '').replace(' validator.swagger.io', ''),
        uiConfig: { validatorUrl: null },
    });
    app.get('/openapi.json', {
        schema: {
            operationId: 'describe',
            summary: 'This description',
            description: 'OpenAPI 3.1, made from the doors themselves. For reading: `/docs`.',
            tags: ['Operation'],
            security: [],
            response: { 200: { type: 'object', additionalProperties: true, description: 'The description.' } },
        },
    }, async (_request, reply) => reply.type('application/json; charset=utf-8').send(JSON.stringify(app.swagger())));
}, { name: 'describe', fastify: '5.x' });
/** A door's schema with what goes without saying: the headers of every caller with an access token, and a word for each answer. */
function described(schema) {
    const { headers, response, security } = schema;
    return {
        ...schema,
        ...(security !== undefined
            ? {}
            : { headers: { ...CALLER_HEADERS, properties: { ...headers?.properties, ...CALLER_HEADERS.properties } } }),
        ...(response
            ? { response: Object.fromEntries(Object.entries(response).map(([status, it]) => [status, { description: ANSWERS[status], ...it }])) }
            : {}),
    };
}
