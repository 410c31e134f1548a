import { Type } from 'typebox';
import { issueToken } from './issue-token.js';
import { ClientAssertion, OAuthProblem, oauthErrors } from './oauth.schema.js';
/** Token endpoint of SMART Backend Services: https://hl7.org/fhir/smart-app-launch/STU2.2/backend-services.html. */
export const issueTokenRoute = async (app, { logAuthentication, ...office }) => {
    app.post('/oauth2/token', {
        config: { unlogged: true },
        schema: {
            operationId: 'issueToken',
            summary: 'Get an access token',
            description: 'SMART Backend Services: grant_type client_credentials, the client authenticated by a signed JWT (private_key_jwt, ES384 or RS384; iss and sub: the client id; aud: the URL of this endpoint; exp: at most five minutes ahead; jti: used once). A token lives five minutes. All the scopes asked for are granted, or none. The claim extensions.ihe_iua of the JWT (subject_name, person_id as `<system>|<value>`, purpose_of_use) names the acting clinician for every request made with the token; the scope break-glass is given to such tokens only. The claim extensions.ihe_pcf.patient_id (the address of a Patient) asks for a token for that patient alone: it carries what the patient’s consent comes to for this clinician and purpose (IHE PCF), and there is none (invalid_scope) where that is no permit, whether or not there is such a patient. The consent is asked again at every request. The scope patient-log.read, alone and with a patient named, is for that patient’s own log: it asks for no clinician and no consent.',
            tags: ['OAuth 2.0'],
            consumes: ['application/x-www-form-urlencoded'],
            security: [],
            body: Type.Object({
                grant_type: Type.Optional(Type.String({ description: 'client_credentials', examples: ['client_credentials'] })),
                scope: Type.Optional(Type.String({
                    description: 'The scopes needed, parted by spaces.',
                    maxLength: 4_000,
                    examples: ['system/DiagnosticReport.cruds recognition.check'],
                })),
                ...ClientAssertion,
            }),
            response: {
                200: Type.Object({
                    access_token: Type.String({ description: 'A JWT (RFC 9068), to be sent as `Authorization: Bearer`.' }),
                    token_type: Type.Literal('Bearer'),
                    expires_in: Type.Integer({ description: 'Seconds.', examples: [300] }),
                    scope: Type.String({ description: 'The scopes granted.' }),
                }, { description: 'The token.' }),
                ...oauthErrors(OAuthProblem, [400, 401, 503]),
            },
        },
    }, async (request, reply) => {
        const now = new Date();
        const { answer, holder } = await issueToken(office, { ...request.body, requestId: request.id, address: request.ip }, now);
        await logAuthentication(holder, now);
        return reply.send(answer);
    });
};
