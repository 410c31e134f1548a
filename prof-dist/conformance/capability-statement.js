import { searchParametersOf } from '../fhir/definitions/search-parameters.js';
import { RESOURCE_TYPES, SERVER_MADE } from '../fhir/resource-types.js';
import { AUDIT_INTERACTIONS, AUDIT_PARAMETERS, SYSTEM_INTERACTIONS, TYPE_INTERACTIONS } from './interactions.js';
import { operationUrl } from './operation-definition.js';
const OAUTH_URIS = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris';
/** The types that may be sent here; what the server makes itself is not among them. */
const TYPES = [...RESOURCE_TYPES].filter((it) => !SERVER_MADE.has(it));
/**
 * What this server does, made from the tables that serve the requests: https://hl7.org/fhir/R4/capabilitystatement.html
 *
 * It instantiates nothing: the IHE profiles it follows ask for XML as well.
 */
export function capabilityStatement(speaker, loaded) {
    const { base, publicUrl, version, released, operations } = speaker;
    const referrers = referrersOf();
    const guides = loaded.packages.flatMap(guideOf);
    return {
        resourceType: 'CapabilityStatement',
        name: 'Tongjian',
        status: 'active',
        date: released,
        publisher: 'Tongjian',
        kind: 'instance',
        software: { name: 'Tongjian', version },
        implementation: { description: 'Exchange for the mutual recognition of examination results', url: base },
        fhirVersion: '4.0.1',
        format: ['application/fhir+json', 'json'],
        patchFormat: ['application/json-patch+json', 'application/fhir+json'],
        ...(guides.length > 0 ? { implementationGuide: guides } : {}),
        rest: [
            {
                mode: 'server',
                documentation: 'JSON only. Unknown search parameters are refused unless the request says Prefer: handling=lenient. What another institution published about a ' +
                    'patient is shown to a named clinician whom the patient’s consent covers; everything else is as if it were not there.',
                security: securityOf(publicUrl),
                resource: [
                    ...TYPES.map((type) => resourceOf(type, loaded, operations, referrers)),
                    {
                        type: 'AuditEvent',
                        documentation: 'The access log: made by the server alone.',
                        interaction: codesOf(AUDIT_INTERACTIONS),
                        versioning: 'no-version',
                        updateCreate: false,
                        searchParam: AUDIT_PARAMETERS,
                    },
                ],
                interaction: codesOf(SYSTEM_INTERACTIONS),
                searchParam: [
                    { name: '_type', type: 'token', documentation: 'Types to search, parted by commas; needed to search the whole server.' },
                    ...searchParametersOf('Resource').map(({ name, type, url }) => ({ name, definition: url, type })),
                ],
                operation: operations.filter((it) => it.onSystem).map(namedOperation),
            },
        ],
    };
}
function resourceOf(type, loaded, operations, referrers) {
    const parameters = searchParametersOf(type);
    const profiles = loaded.profiles.filter((it) => it.subjects.includes(type)).map((it) => it.url);
    const includes = parameters.filter((it) => it.type === 'reference').map((it) => `${type}:${it.name}`);
    const revIncludes = [...(referrers.get(type) ?? []), ...(referrers.get(ANY) ?? [])];
    return {
        type,
        profile: `http://hl7.org/fhir/StructureDefinition/${type}`,
        ...(profiles.length > 0 ? { supportedProfile: profiles } : {}),
        interaction: codesOf(TYPE_INTERACTIONS),
        versioning: 'versioned-update',
        readHistory: true,
        updateCreate: false,
        conditionalCreate: true,
        conditionalRead: 'full-support',
        conditionalUpdate: true,
        conditionalDelete: 'single',
        referencePolicy: ['literal', 'local', 'logical'],
        searchInclude: ['*', ...includes],
        ...(revIncludes.length > 0 ? { searchRevInclude: revIncludes.toSorted() } : {}),
        searchParam: parameters.map(({ name, type: kind, url }) => ({
            name,
            definition: url,
            type: kind,
            ...documented(name, kind),
        })),
        operation: operations.filter((it) => isOf(it, type)).map(namedOperation),
    };
}
/** Where a parameter, or a kind of them, decides what R4 leaves open, or does less. */
const DEVIATIONS = {
    date: 'A date without a time is taken in UTC.',
    phonetic: 'Compared as text, not by its sound.',
};
function documented(name, type) {
    const documentation = DEVIATIONS[name] ?? DEVIATIONS[type];
    return documentation === undefined ? {} : { documentation };
}
const isOf = (operation, type) => operation.resource.includes(type) || operation.resource.includes('Resource');
const namedOperation = (operation) => ({ name: operation.code, definition: operationUrl(operation) });
const codesOf = (interactions) => interactions.map(({ code }) => ({ code }));
/** A parameter that may lead to any type. */
const ANY = '*';
/** By the type referred to: `Type:parameter` of everything that may refer to it. */
function referrersOf() {
    const referrers = new Map();
    for (const source of TYPES) {
        for (const { name, type, targets } of searchParametersOf(source)) {
            if (type !== 'reference')
                continue;
            for (const target of targets.length > 0 ? targets : [ANY]) {
                const list = referrers.get(target) ?? [];
                list.push(`${source}:${name}`);
                referrers.set(target, list);
            }
        }
    }
    return referrers;
}
/** A guide's canonical, as packages are published: its name below the address of its definitions. */
function guideOf({ name, version, canonical }) {
    return canonical === null ? [] : [`${canonical}/ImplementationGuide/${name}|${version}`];
}
function securityOf(publicUrl) {
    const uri = (url, path) => ({ url, valueUri: `${publicUrl}/oauth2/${path}` });
    return {
        extension: [{ url: OAUTH_URIS, extension: [uri('token', 'token'), uri('introspect', 'introspect'), uri('revoke', 'revoke')] }],
        cors: false,
        service: [
            {
                coding: [{ system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' }],
                text: 'SMART Backend Services',
            },
        ],
        description: 'Every request but this one needs an access token; scopes are those of SMART App Launch 2.2.',
    };
}
