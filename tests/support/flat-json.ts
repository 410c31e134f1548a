import type { TSchema } from 'typebox';
import type { FlatParameter } from '../../src/conformance/flat-parameters.ts';
import type { Json, JsonValue } from '../../src/fhir/exact-json.ts';

/** A schema of flat JSON, as far as tests walk it. */
export interface FlatSchema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, FlatSchema>>;
  readonly required?: readonly string[];
  readonly items?: FlatSchema;
  readonly anyOf?: readonly FlatSchema[];
}

/** Puts back what Parameters say by silence: an empty list, `null`, the empty text, where the schema demands the member. */
export function withSilence(schema: TSchema | FlatSchema, value: JsonValue): JsonValue {
  const { properties, required = [], items, anyOf } = schema as FlatSchema;
  if (Array.isArray(value)) return value.map((it: JsonValue) => withSilence(items ?? {}, it));
  const some = anyOf?.filter((it) => it.type !== 'null') ?? [];
  const one = some.find((it) => it.required?.every((name) => Object.hasOwn(value as object, name))) ?? some[0];
  if (one) return withSilence(one, value);
  if (!properties || typeof value !== 'object' || value === null) return value;
  const object = value as Json;
  const members = Object.entries(properties).flatMap(([name, it]): (readonly [string, JsonValue])[] => {
    const given = object[name];
    if (given !== undefined) return [[name, withSilence(it, given)]];
    return required.includes(name) ? [[name, silent(it)]] : [];
  });
  return Object.fromEntries(members);
}

function silent(schema: FlatSchema): JsonValue {
  if (schema.type === 'array') return [];
  return schema.anyOf?.some((it) => it.type === 'null') ? null : '';
}

/** Every member of flat JSON as a path, with `[]` behind a list. */
export function pathsOf(parameters: readonly FlatParameter[], before = ''): readonly string[] {
  return parameters.flatMap(({ member, repeats, form }) => {
    const path = `${before}${member}${repeats ? '[]' : ''}`;
    return form.kind === 'parts' ? [path, ...pathsOf(form.parts, `${path}.`)] : [path];
  });
}
