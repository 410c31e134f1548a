import type { FastifyPluginAsync } from 'fastify';
import { Type } from 'typebox';
import type { Reader } from '../database/client.ts';
import { Failure } from '../failure.ts';
import type { Json } from '../fhir/exact-json.ts';
import { fhirFailures, Resource } from '../fhir/schemas.ts';
import { requireScope } from '../security/require-scope.ts';
import type { CatalogueMaps } from './concept-maps.ts';
import { ownDefinitions, type Served } from './own-definitions.ts';

/** What this server defines itself. */
interface Options extends Served {
  readonly version: string;
  readonly released: string;
  readonly catalogueMaps: CatalogueMaps;
  /** The edition in force and its value sets, by their fixed ids. */
  readonly namedCatalogueDefinition: (reader: Reader, type: string, id: string, now: Date) => Promise<Json | undefined>;
}

const HYPHENED = '^[A-Za-z]+-[A-Za-z0-9_-]+$';

/** The types, with the form of their names; ids of stored resources have no hyphen, and 32 signs. */
const NAMED_TYPES = [
  ['OperationDefinition', HYPHENED],
  ['SearchParameter', HYPHENED],
  ['ConceptMap', HYPHENED],
  ['CodeSystem', HYPHENED],
  ['ValueSet', HYPHENED],
  ['Measure', '^[a-z-]{1,31}$'],
] as const;

/**
 * FHIR read interaction on what this server defines itself, by fixed names beside the ids that these definitions have in the directory:
 * https://hl7.org/fhir/R4/http.html#read
 */
export const readNamedDefinitionRoute: FastifyPluginAsync<Options> = async (app, options) => {
  const { version, released, catalogueMaps, namedCatalogueDefinition } = options;
  let own: ReadonlyMap<string, Json> | undefined;
  const ownByName = (): ReadonlyMap<string, Json> => {
    own ??= new Map(ownDefinitions(version, released, options).map((it) => [`${String(it['resourceType'])}/${String(it['id'])}`, it]));
    return own;
  };

  for (const [type, form] of NAMED_TYPES) {
    app.get<{ Params: { id: string } }>(
      `/${type}/:id(${form})`,
      {
        config: { unlogged: true },
        schema: {
          operationId: `readNamed${type}`,
          summary: `Read a ${type} of this server by its name`,
          description:
            'The definitions that the CapabilityStatement names, the measures that are evaluated here, the edition of the catalogue in force with its value sets, and its maps: items in LOINC, spellings of units in UCUM, the caller’s own mappings.',
          tags: ['Terminology'],
          produces: ['application/fhir+json'],
          params: Type.Object({ id: Type.String({ description: 'A fixed name, such as prior-results.' }) }),
          response: { 200: Resource, ...fhirFailures },
        },
      },
      async (request, reply) => {
        const { caller, params } = request;
        requireScope(caller, `system/${type}.r`);

        const now = new Date();
        const ours = type === 'ConceptMap' ? await catalogueMaps(app.db, caller, now) : [];
        const definition =
          ownByName().get(`${type}/${params.id}`) ??
          ours.find((it) => it['id'] === params.id) ??
          (await namedCatalogueDefinition(app.db, type, params.id, now));
        if (!definition)
          throw new Failure('not-found', { en: `${type}/${params.id} is not known here`, zh: `本系统中不存在 ${type}/${params.id}` });

        return reply.send(JSON.stringify(definition));
      },
    );
  }
};
