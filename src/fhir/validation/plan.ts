import { type Element, type Invariant, structureOf } from '../definitions/structures.ts';
import type { JsonValue } from '../exact-json.ts';
import { type PrimitiveCheck, primitiveCheck } from './primitive.ts';

/** How one member of an object is checked; what can be decided beforehand is decided. */
export interface Member {
  readonly name: string;
  readonly element: Element;
  readonly isArray: boolean;
  /** `extra` is the `_name` beside a plain value. */
  readonly kind: 'primitive' | 'extra' | 'object' | 'resource';
  /** For plain values alone. */
  readonly check: PrimitiveCheck | undefined;
  /** Of a `code`, the codes of its required binding. */
  readonly codes: ReadonlySet<string> | undefined;
  /** Its place among the choices of the type; -1 where there is none. */
  readonly choice: number;
  /** A uri-like type, which can lead to a contained resource by `#id`. */
  readonly isLink: boolean;
  /** The data type or part of an object. */
  readonly type: string;
}

/** One element that must be there: under one of these names. */
export interface Demand {
  readonly name: string;
  readonly names: readonly string[];
}

/** Everything needed to walk through one type. */
export interface Plan {
  readonly type: string;
  readonly isResource: boolean;
  readonly members: ReadonlyMap<string, Member>;
  readonly demands: readonly Demand[];
  readonly choices: readonly string[];
  /** Invariants but those that every type has (`ele-1`, `dom-2` to `dom-6`). */
  readonly constraints: readonly Invariant[];
}

const plans = new Map<string, Plan | undefined>();

/** The plan of a resource type, data type or nested part; `undefined` where R4 has none. Made once. */
export function planOf(type: string): Plan | undefined {
  const known = plans.get(type);
  if (known || plans.has(type)) return known;
  const plan = build(type);
  plans.set(type, plan);
  return plan;
}

/** Kept by the walk itself. */
const OF_ALL = /^(ele-1|dom-\d)$/;

function build(type: string): Plan | undefined {
  const structure = structureOf(type);
  if (!structure) return undefined;
  const members = new Map<string, Member>();
  const choices: string[] = [];
  const demands = new Map<string, string[]>();
  for (const [name, element] of structure.elements) {
    const [code = ''] = element.types;
    let choice = -1;
    if (element.choice) {
      if (!choices.includes(element.choice)) choices.push(element.choice);
      choice = choices.indexOf(element.choice);
    }
    const isPrimitive = structureOf(code)?.kind === 'primitive-type';
    const binding = isPrimitive ? element.binding?.codes : undefined;
    const member: Member = {
      name,
      element,
      isArray: element.max === '*',
      kind: isPrimitive ? 'primitive' : code === 'Resource' || structureOf(code)?.kind === 'resource' ? 'resource' : 'object',
      check: isPrimitive ? primitiveCheck(code) : undefined,
      codes: binding && new Set([...binding.values()].flatMap((it) => [...it])),
      choice,
      isLink: code === 'uri' || code === 'url' || code === 'canonical',
      type: code,
    };
    members.set(name, member);
    if (isPrimitive && !element.isBare && code !== 'xhtml') members.set(`_${name}`, { ...member, kind: 'extra', type: 'Element' });
    if (element.min > 0) {
      const wanted = element.choice ?? name;
      const names = demands.get(wanted) ?? [];
      demands.set(wanted, names);
      names.push(name);
      if (isPrimitive && !element.isBare) names.push(`_${name}`);
    }
  }
  return {
    type,
    isResource: structure.kind === 'resource',
    members,
    demands: [...demands].map(([name, names]) => ({ name, names })),
    choices,
    constraints: structure.constraints.filter((it) => !OF_ALL.test(it.key)),
  };
}

/** Whether a type is a resource of R4 that can stand by itself. */
export function isResourceType(type: JsonValue | undefined): type is string {
  return typeof type === 'string' && type !== 'Resource' && type !== 'DomainResource' && structureOf(type)?.kind === 'resource';
}
