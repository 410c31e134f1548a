import { Type } from 'typebox';
import { Failure } from '../failure.js';
import { fhirFailures, Resource } from '../fhir/schemas.js';
import { requireScope } from '../security/require-scope.js';
import { ownDefinitions } from './own-definitions.js';
const HYPHENED = '^[A-Za-z]+-[A-Za-z0-9_-]+$';
/** The types, with the form of their names; ids of stored resources have no hyphen, and 32 signs. */
const NAMED_TYPES = [
    ['OperationDefinition', HYPHENED],
    ['SearchParameter', HYPHENED],
    ['ConceptMap', HYPHENED],
    ['CodeSystem', HYPHENED],
    ['ValueSet', HYPHENED],
    ['Measure', '^[a-z-]{1,31}$'],
];
/**
 * FHIR read interaction on what this server defines itself, by fixed names beside the ids that these definitions have in the directory:
 * https://hl7.org/fhir/R4/http.html#read
 */
export const readNamedDefinitionRoute = async (app, options) => {
    const { version, released, catalogueMaps, namedCatalogueDefinition } = options;
    let own;
    const ownByName = () => {
        own ??= new Map(ownDefinitions(version, released, options).map((it) => [`${String(it['resourceType'])}/${String(it['id'])}`, it]));
        return own;
    };
    for (const [type, form] of NAMED_TYPES) {
        app.get(`/${type}/:id(${form})`, {
            config: { unlogged: true },
            schema: {
                operationId: `readNamed${type}`,
                summary: `Read a ${type} of this server by its name`,
                description: 'The definitions that the CapabilityStatement names, the measures that are evaluated here, the edition of the catalogue in force with its value sets, and its maps: items in LOINC, spellings of units in UCUM, the caller’s own mappings.',
                tags: ['Terminology'],
                produces: ['application/fhir+json'],
                params: Type.Object({ id: Type.String({ description: 'A fixed name, such as prior-results.' }) }),
                response: { 200: Resource, ...fhirFailures },
            },
        }, async (request, reply) => {
            const { caller, params } = request;
            requireScope(caller, `system/${type}.r`);
            const now = new Date();
            const ours = type === 'ConceptMap' ? await catalogueMaps(app.db, caller, now) : [];
            const definition = ownByName().get(`${type}/${params.id}`) ??
                ours.find((it) => it['id'] === params.id) ??
                (await namedCatalogueDefinition(app.db, type, params.id, now));
            if (!definition)
                throw new Failure('not-found', { en: `${type}/${params.id} is not known here`, zh: `本系统中不存在 ${type}/${params.id}` });
            return reply.send(JSON.stringify(definition));
        });
    }
};
