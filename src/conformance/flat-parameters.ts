import type { TSchema } from 'typebox';
import type { Operation, Answer as OutParameter } from './operation.ts';

/**
 * How flat JSON is said as parameters of an operation, decided by its schema alone, so that the two faces of one question cannot drift apart.
 *
 * - Every member is a parameter of its name; an array is a parameter that repeats, under its name in the singular.
 * - Text is `valueString`, one of several words `valueCode`, a moment `valueDateTime`, a whole number `valueInteger`; an object has parts.
 * - An identifier (`system` and `value`) is `valueIdentifier`. A patient (by identifier or by id) is `valueReference`, logical or literal; what
 *   else is said of the patient are parameters beside it.
 * - `null` and the empty text are said by leaving the parameter out.
 */
export interface FlatParameter {
  /** In flat JSON. */
  readonly member: string;
  /** The member of flat JSON that it stands in; absent: the object itself. */
  readonly within?: string;
  /** In Parameters. */
  readonly name: string;
  readonly repeats: boolean;
  readonly required: boolean;
  readonly documentation: string;
  readonly form: FlatForm;
}

export type FlatForm =
  | { readonly kind: 'value'; readonly type: 'string' | 'code' | 'dateTime' | 'integer' | 'decimal' | 'boolean' }
  | { readonly kind: 'identifier' }
  | { readonly kind: 'reference' }
  | { readonly kind: 'parts'; readonly parts: readonly FlatParameter[] };

/** A JSON Schema, as far as it decides the form of a parameter. */
interface FlatSchema {
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, FlatSchema>>;
  readonly required?: readonly string[];
  readonly items?: FlatSchema;
  readonly anyOf?: readonly FlatSchema[];
}

/** The parameters of a flat object. Throws where two members would be one parameter, or a member has a form that has none. */
export function flatParameters(schema: TSchema): readonly FlatParameter[] {
  return parametersOf(schema as FlatSchema);
}

/** What an operation takes in, for its definition. */
export function inParameters(parameters: readonly FlatParameter[]): Operation['parameters'] {
  return parameters.map(({ name, repeats, required, documentation, form }) => ({
    name,
    type: typeOf(form) ?? 'Element',
    ...(repeats ? { max: '*' as const } : {}),
    min: required ? 1 : 0,
    documentation,
  }));
}

/** What an operation answers with, for its definition. */
export function outParameters(parameters: readonly FlatParameter[]): readonly OutParameter[] {
  return parameters.map(({ name, repeats, required, documentation, form }) => {
    const type = typeOf(form);
    return {
      name,
      ...(type === undefined ? {} : { type }),
      min: required ? 1 : 0,
      ...(repeats ? { max: '*' } : {}),
      documentation,
      ...(form.kind === 'parts' ? { part: outParameters(form.parts) } : {}),
    };
  });
}

function typeOf(form: FlatForm): string | undefined {
  if (form.kind === 'value') return form.type;
  if (form.kind === 'parts') return undefined;
  return form.kind === 'identifier' ? 'Identifier' : 'Reference';
}

function parametersOf(schema: FlatSchema): readonly FlatParameter[] {
  const parameters = Object.entries(schema.properties ?? {}).flatMap(([member, it]) => {
    const parameter = parameterOf(member, it, schema.required?.includes(member) ?? false);
    return parameter.form.kind === 'reference' ? [parameter, ...traitsOf(member, it)] : [parameter];
  });
  const names = new Set(parameters.map((it) => it.name));
  if (names.size < parameters.length) throw new Error(`two of these members are one parameter: ${[...names].join(', ')}`);
  return parameters;
}

function parameterOf(member: string, schema: FlatSchema, required: boolean): FlatParameter {
  const some = schema.anyOf?.filter((it) => it.type !== 'null') ?? [];
  if (schema.anyOf && some.length === 1) {
    return { ...parameterOf(member, some[0] as FlatSchema, false), documentation: schema.description ?? some[0]?.description ?? member };
  }
  const repeats = schema.type === 'array';
  const form = formOf(member, repeats ? (schema.items ?? {}) : schema);
  return {
    member,
    name: repeats ? singular(member) : member,
    repeats,
    // Of a list that may be empty nothing need be said.
    required: required && !repeats,
    documentation: schema.description ?? member,
    form,
  };
}

/** What is said of somebody beside who it is. */
function traitsOf(member: string, schema: FlatSchema): readonly FlatParameter[] {
  const traits = Object.entries(membersOf(schema)).filter(([name]) => !WHO.includes(name));
  return traits.map(([name, it]) => ({ ...parameterOf(name, it, false), within: member }));
}

/** The members of an object, or of the objects that it may be. */
function membersOf(schema: FlatSchema): Readonly<Record<string, FlatSchema>> {
  return Object.assign({}, schema.properties, ...(schema.anyOf ?? []).map((it) => it.properties)) as Record<string, FlatSchema>;
}

const WHO = ['identifier', 'id'];

function formOf(member: string, schema: FlatSchema): FlatForm {
  const members = Object.keys(membersOf(schema));
  if (members.length === 2 && members.includes('system') && members.includes('value')) return { kind: 'identifier' };
  if (schema.anyOf && WHO.every((it) => members.includes(it))) return { kind: 'reference' };
  if (schema.type === 'object') return { kind: 'parts', parts: parametersOf(schema) };
  if (schema.enum) return { kind: 'value', type: 'code' };
  if (schema.type === 'string') return { kind: 'value', type: schema.format === 'date-time' ? 'dateTime' : 'string' };
  if (schema.type === 'number') return { kind: 'value', type: 'decimal' };
  if (schema.type === 'integer' || schema.type === 'boolean') return { kind: 'value', type: schema.type };
  throw new Error(`"${member}" has a form that no parameter has`);
}

/** `items` is `item`, `categories` is `category`, `studies` is `study`. */
function singular(name: string): string {
  return name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.replace(/s$/, '');
}
