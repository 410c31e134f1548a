import { CLIENT_ALGORITHMS } from './client-key.rules.js';
import { PLAIN_SCOPES } from './scope.rules.js';
/**
 * What a SMART client can discover (SMART App Launch 2.2, "Conformance"). No `issuer`, which belongs to OpenID Connect; S256 stands there
 * because the standard demands it of every server, although nobody logs in here.
 */
export function smartConfiguration(publicUrl) {
    return {
        token_endpoint: `${publicUrl}/oauth2/token`,
        introspection_endpoint: `${publicUrl}/oauth2/introspect`,
        revocation_endpoint: `${publicUrl}/oauth2/revoke`,
        jwks_uri: `${publicUrl}/oauth2/jwks`,
        grant_types_supported: ['client_credentials'],
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
        token_endpoint_auth_signing_alg_values_supported: CLIENT_ALGORITHMS,
        scopes_supported: ['system/*.cruds', 'system/*.rs', ...PLAIN_SCOPES],
        code_challenge_methods_supported: ['S256'],
        capabilities: ['client-confidential-asymmetric', 'permission-v1', 'permission-v2'],
    };
}
