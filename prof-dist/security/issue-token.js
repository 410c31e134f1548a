import { TOKEN_LIFETIME_SECONDS } from './access-token.js';
import { TOKEN_LENGTH_MAX } from './access-tokens.js';
import { isEmergency } from './caller-headers.rules.js';
import { OAuthError } from './oauth-error.js';
import { carriedConsent } from './pcf.rules.js';
import { grantScopes } from './scope.rules.js';
/**
 * An access token for a client that proves who it is: five minutes, for exactly the scopes asked for. A client that names a patient
 * (IHE PCF) gets a token for that patient alone, which carries what the patient's consent comes to now; where that is no permit, it gets
 * none. A token for the patient's own log asks no consent.
 *
 * Throws OAuthError: `invalid_request`, `unsupported_grant_type`, `invalid_client`, `invalid_scope`. Four statements, whatever the number of
 * scopes, and those of the decision.
 */
export async function issueToken(office, request, now) {
    if (!request.grant_type) {
        throw new OAuthError('invalid_request', {
            en: "grant_type is missing; send 'client_credentials'.",
            zh: '缺少 grant_type，应为“client_credentials”。',
        });
    }
    if (request.grant_type !== 'client_credentials') {
        throw new OAuthError('unsupported_grant_type', {
            en: 'Only client_credentials is granted here.',
            zh: '本平台只支持 client_credentials。',
        });
    }
    const { client, actingFor: stated, patient } = await office.authentication.authenticate(request, now);
    // A consent is given for a purpose: the token it is decided for is bound to that one.
    const scopes = grant(client.id, client.scopes, request.scope);
    const isOwnLog = asksForOwnLog(client.id, scopes, patient);
    const actingFor = patient === null ? stated : { ...stated, purpose: stated.purpose ?? (isOwnLog ? 'PATRQT' : 'TREAT') };
    refuseNamelessEmergency(client.id, scopes, actingFor);
    const asker = {
        client: client.id,
        institution: client.institution,
        scopes,
        practitioner: actingFor.practitioner,
        purpose: actingFor.purpose ?? 'TREAT',
        emergencyReason: null,
        requestId: request.requestId,
        address: request.address,
    };
    // To know who looked is the patient's own right, whatever the patient allows others to see.
    const ownRight = { consents: [], policies: [], residual: [] };
    const consent = patient === null ? null : isOwnLog ? { patient, ...ownRight } : await consentOf(office, asker, patient, now);
    const { token, tokenId } = await office.tokens.issue({ client: client.id, institution: client.institution, scopes, actingFor, consent }, now);
    if (token.length > TOKEN_LENGTH_MAX)
        throw tooManyRules(client.id);
    return {
        holder: { ...asker, tokenId, patient: consent?.patient },
        answer: { access_token: token, token_type: 'Bearer', expires_in: TOKEN_LIFETIME_SECONDS, scope: scopes.join(' ') },
    };
}
function grant(client, registered, requested) {
    const wanted = (requested ?? '').split(' ').filter((it) => it !== '');
    if (wanted.length === 0) {
        throw new OAuthError('invalid_scope', { en: 'scope is missing; name the scopes you need.', zh: '缺少 scope，请写明所需的授权范围。' }, client);
    }
    const granted = grantScopes(registered, wanted);
    if ('scopes' in granted)
        return granted.scopes;
    if ('unknown' in granted) {
        throw new OAuthError('invalid_scope', { en: `'${granted.unknown}' is not a scope of this server.`, zh: `“${granted.unknown}”不是本平台的授权范围。` }, client);
    }
    throw new OAuthError('invalid_scope', { en: `The scope '${granted.refused}' is not registered for this client.`, zh: `该客户端未登记授权范围“${granted.refused}”。` }, client);
}
/**
 * Whether the token is for a patient's own log: `patient-log.read` and nothing beside it, for one patient. Throws `invalid_scope` where it is
 * asked for otherwise: it would open every patient's log to the system, or what asks for consent without it.
 */
function asksForOwnLog(client, scopes, patient) {
    if (!scopes.includes('patient-log.read'))
        return false;
    if (scopes.length === 1 && patient !== null)
        return true;
    throw new OAuthError('invalid_scope', {
        en: "The scope 'patient-log.read' is given alone, in a token for one patient; name the patient in extensions.ihe_pcf (patient_id).",
        zh: '授权范围“patient-log.read”只能单独授予针对单个患者的令牌；请在 extensions.ihe_pcf（patient_id）中写明患者。',
    }, client);
}
/**
 * To break the glass is a right of a person. The calling system vouches for it by asking for a token of that clinician's own with the scope
 * `break-glass`; in a token that names nobody it would be a right of the system, whoever sits before it. So the header that names a
 * clinician elsewhere does not do here. Nor is a token given for an emergency that it could not be used for.
 */
function refuseNamelessEmergency(client, scopes, { practitioner, purpose }) {
    const hasRight = scopes.includes('break-glass');
    if (hasRight && !practitioner) {
        throw new OAuthError('invalid_scope', {
            en: "The scope 'break-glass' is given to tokens of a named clinician only; name one in extensions.ihe_iua (subject_name, person_id).",
            zh: '授权范围“break-glass”只授予指明医务人员的令牌；请在 extensions.ihe_iua 中写明（subject_name、person_id）。',
        }, client);
    }
    if (purpose && isEmergency(purpose) && !hasRight) {
        throw new OAuthError('invalid_scope', {
            en: `A token for the purpose ${purpose} needs the scope 'break-glass'; ask for it as well.`,
            zh: `目的为 ${purpose} 的令牌须含授权范围“break-glass”，请一并申请。`,
        }, client);
    }
}
/**
 * What the patient's consent comes to for this caller. Throws `invalid_scope` for anything but a permit ("exceeds the scope granted by the
 * resource owner", RFC 6749 §5.2, which IHE PCF refers to; `access_denied` is an error of another endpoint), in the same words for
 * somebody as for nobody.
 */
async function consentOf({ decideConsent, base }, asker, patient, now) {
    if (!asker.practitioner) {
        throw new OAuthError('invalid_request', {
            en: 'A token for one patient (extensions.ihe_pcf) is for one clinician; name the clinician in extensions.ihe_iua.',
            zh: '针对单个患者的令牌（extensions.ihe_pcf）须为具体医务人员申请；请在 extensions.ihe_iua 中写明。',
        }, asker.client);
    }
    const decision = await decideConsent({ ...asker, tokenId: '' }, patient, now);
    if (decision.decision === 'permit')
        return carriedConsent(patient, decision, base);
    throw new OAuthError('invalid_scope', {
        en: 'No consent of this patient permits what is asked for.',
        zh: '该患者没有允许此项请求的授权。',
    }, asker.client);
}
function tooManyRules(client) {
    return new OAuthError('invalid_request', {
        en: 'The consent of this patient has more rules than a token can carry; ask for a token without extensions.ihe_pcf.',
        zh: '该患者授权的规则过多，令牌无法携带；请申请不含 extensions.ihe_pcf 的令牌。',
    }, client);
}
