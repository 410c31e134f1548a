import { EXPAND } from './terminology-operations.js';
/** What this server can be asked about codes: https://hl7.org/fhir/R4/terminologycapabilities.html */
export function terminologyCapabilities({ base, version, released }, codeSystems) {
    return {
        resourceType: 'TerminologyCapabilities',
        name: 'TongjianTerminology',
        status: 'active',
        date: released,
        kind: 'instance',
        software: { name: 'Tongjian', version },
        implementation: {
            description: 'Code systems, value sets and concept maps of loaded packages and of the caller’s own institution',
            url: base,
        },
        ...(codeSystems.length > 0
            ? {
                codeSystem: codeSystems.map((it) => ({
                    uri: it.url,
                    ...(it.version === '' ? {} : { version: [{ code: it.version, isDefault: true }] }),
                    subsumption: false,
                })),
            }
            : {}),
        expansion: {
            hierarchical: false,
            paging: true,
            incomplete: false,
            parameter: EXPAND.parameters.map(({ name, documentation }) => ({ name, documentation })),
        },
        codeSearch: 'explicit',
        validateCode: { translations: false },
        translation: { needsMap: false },
        closure: { translation: false },
    };
}
