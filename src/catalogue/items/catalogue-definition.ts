import type { Reader } from '../../database/client.ts';
import type { Json } from '../../fhir/exact-json.ts';
import { codeSystemOf } from './edition-code-system.rules.ts';
import { VALUE_SET_NAMES, type ValueSetName, valueSetNamed, valueSetOf } from './edition-value-sets.rules.ts';
import { findItems, ITEM_SYSTEM } from './find-items.ts';
import { findEdition } from './item.queries.ts';

/**
 * The code system of the items or one of its value sets by canonical (`url` or `url|version`): of the edition that the version names, or,
 * without one, of the edition in force at that moment. `undefined` for all other addresses, which cost no statement; else two at most.
 */
export async function catalogueDefinition(reader: Reader, type: string, canonical: string, at: Date): Promise<Json | undefined> {
  const [url = '', version] = canonical.split('|');
  if (type === 'CodeSystem' && url === ITEM_SYSTEM) return codeSystem(reader, version, at);
  const valueSet = type === 'ValueSet' ? valueSetNamed(url) : undefined;
  return valueSet && valueSetIn(reader, valueSet, version, at);
}

/** The same of the edition in force by their fixed ids, `CodeSystem/item-edition` and `ValueSet/item-laboratory`. */
export async function namedCatalogueDefinition(reader: Reader, type: string, id: string, at: Date): Promise<Json | undefined> {
  if (type === 'CodeSystem' && id === 'item-edition') return codeSystem(reader, undefined, at);
  const valueSet = type === 'ValueSet' ? VALUE_SET_NAMES.find((it) => it === id) : undefined;
  return valueSet && valueSetIn(reader, valueSet, undefined, at);
}

async function codeSystem(reader: Reader, version: string | undefined, at: Date): Promise<Json | undefined> {
  const edition = version ?? (await inForce(reader, at));
  const found = edition === undefined ? undefined : await findEdition(reader, edition);
  return found && codeSystemOf(found.head, found.items);
}

async function valueSetIn(reader: Reader, valueSet: ValueSetName, version: string | undefined, at: Date): Promise<Json | undefined> {
  const edition = version ?? (await inForce(reader, at));
  return edition === undefined ? undefined : valueSetOf(valueSet, edition);
}

async function inForce(reader: Reader, at: Date): Promise<string | undefined> {
  return (await findItems(reader, [], at)).edition ?? undefined;
}
