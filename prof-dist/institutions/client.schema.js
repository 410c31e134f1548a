import { Type } from 'typebox';
export const Uscc = Type.String({
    minLength: 18,
    maxLength: 18,
    description: '统一社会信用代码 of the institution.',
    examples: ['12330000470051726F'],
});
export const ClientId = Type.Object({ id: Type.String({ pattern: '^[!-~]{1,64}$', description: 'Id of the client.' }) });
export const ClientName = Type.String({ minLength: 1, maxLength: 100, description: 'The calling system.', examples: ['HIS'] });
export const ClientScopes = Type.Array(Type.String({ maxLength: 100 }), {
    minItems: 1,
    maxItems: 200,
    description: 'What it may ask tokens for: `system/Type.cruds` (SMART v2) and the scopes of this server.',
    examples: [['system/DiagnosticReport.cruds', 'recognition.check']],
});
export const Jwks = Type.Object({ keys: Type.Array(Type.Record(Type.String(), Type.Unknown())) }, { description: 'Public keys only: EC P-384 or RSA from 2048 bits, each with a `kid` of its own.' });
export const JwksUrl = Type.String({
    minLength: 1,
    maxLength: 500,
    description: 'Where the client publishes its keys, over HTTPS.',
    examples: ['https://his.example/jwks.json'],
});
export const CdsHooks = Type.Object({
    issuer: Type.String({
        minLength: 1,
        maxLength: 200,
        description: '`iss` of the JWTs it signs its CDS Hooks calls with, by the same keys. An absolute URI that no other client has.',
        examples: ['https://his.example'],
    }),
    fhirServer: Type.Optional(Type.String({
        minLength: 1,
        maxLength: 500,
        description: 'Base address of the one FHIR server that its calls may have read from where their prefetch lacks something.',
        examples: ['https://his.example/fhir'],
    })),
}, { additionalProperties: false, description: 'For a system that calls as a CDS client (CDS Hooks 2.0).' });
export const StoredClient = Type.Object({
    id: Type.String({ description: 'The client id: iss and sub of its assertions.' }),
    institution: Uscc,
    institutionName: Type.String(),
    name: ClientName,
    jwks: Type.Optional(Jwks),
    jwksUrl: Type.Optional(JwksUrl),
    scopes: ClientScopes,
    cdsHooks: Type.Optional(CdsHooks),
    registeredAt: Type.String({ description: 'RFC 3339, UTC.' }),
    removedAt: Type.Optional(Type.String({ description: 'Since when it gets no more tokens.' })),
}, { description: 'A calling system.' });
/** A client as it is shown; `institution` is its own. */
export function showClient(client, institution) {
    return {
        id: client.id,
        institution: institution?.uscc ?? '',
        institutionName: institution?.name ?? '',
        name: client.name,
        ...(client.jwks === null ? {} : { jwks: client.jwks }),
        ...(client.jwksUrl === null ? {} : { jwksUrl: client.jwksUrl }),
        scopes: [...client.scopes],
        ...(client.cdsIssuer === null
            ? {}
            : { cdsHooks: { issuer: client.cdsIssuer, ...(client.cdsFhirServer === null ? {} : { fhirServer: client.cdsFhirServer }) } }),
        registeredAt: client.registeredAt.toISOString(),
        ...(client.removedAt === null ? {} : { removedAt: client.removedAt.toISOString() }),
    };
}
