import { structureOf } from '../definitions/structures.ts';
import { isObject } from '../element.ts';
import type { Json, JsonValue } from '../exact-json.ts';
import { listOf } from './predicate.ts';
import type { Node } from './profile-tree.ts';
import type { Typed } from './slice-match.ts';

/** One value of an element, with its place. */
export interface Found extends Typed {
  readonly path: string;
}

/** Each value of an element with its place and type; one that has extensions alone counts as well. */
export function valuesOf(holder: Json, node: Node, path: string): readonly Found[] {
  const names = node.isChoice ? choicesOf(holder, node.name) : [node.name];
  return names.flatMap((name) => {
    const type = node.isChoice ? typeNamed(name.slice(node.name.length), node) : (node.types[0]?.code ?? '');
    const value = holder[name] ?? holder[`_${name}`];
    if (value === undefined) return [];
    if (!Array.isArray(value)) return [{ value, type: typeOf(value, type), path: `${path}.${name}` }];
    return listOf(value).map((it, index) => ({ value: it, type: typeOf(it, type), path: `${path}.${name}[${index}]` }));
  });
}

function typeOf(value: JsonValue, type: string): string {
  return isObject(value) && typeof value['resourceType'] === 'string' ? value['resourceType'] : type;
}

function choicesOf(holder: Json, prefix: string): readonly string[] {
  const names = Object.keys(holder).flatMap((key) => {
    const name = key.startsWith('_') ? key.slice(1) : key;
    return name.startsWith(prefix) && /^[A-Z]/.test(name.slice(prefix.length)) ? [name] : [];
  });
  return [...new Set(names)];
}

/** `Quantity` or `dateTime`: data types begin with a capital letter, plain ones do not. */
function typeNamed(suffix: string, node: Node): string {
  const plain = `${suffix.charAt(0).toLowerCase()}${suffix.slice(1)}`;
  return node.types.find((it) => it.code === plain)?.code ?? (structureOf(suffix) ? suffix : plain);
}
