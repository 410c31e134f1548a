import { Failure } from '../../failure.ts';
import { isObject } from '../element.ts';
import type { Json, JsonValue } from '../exact-json.ts';
import { listOf, partsOf } from './predicate.ts';

/** One element of a profile, with what the profile says of the elements and slices below it. */
export interface Node {
  /** Its last step, without `[x]`. */
  readonly name: string;
  readonly isChoice: boolean;
  readonly min: number;
  readonly max: number;
  /** What base R4 says of the same element, which is checked elsewhere. */
  readonly base: { readonly min: number; readonly max: number };
  readonly types: readonly NodeType[];
  readonly fixed: JsonValue | undefined;
  readonly pattern: JsonValue | undefined;
  /** The value set of a required binding. */
  readonly required: string | undefined;
  readonly maxLength: number | undefined;
  readonly constraints: readonly NodeConstraint[];
  readonly slicing: Slicing | undefined;
  readonly slices: readonly Node[];
  readonly children: ReadonlyMap<string, Node>;
  readonly sliceName: string | undefined;
}

export interface NodeType {
  readonly code: string;
  readonly profiles: readonly string[];
  readonly targets: readonly string[];
}

export interface NodeConstraint {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly human: string;
  readonly expression: string;
  readonly source: string;
}

export interface Slicing {
  readonly discriminators: readonly { readonly type: string; readonly path: string }[];
  readonly isClosed: boolean;
}

interface NodeMade extends Node {
  readonly slices: NodeMade[];
  readonly children: Map<string, NodeMade>;
}

const trees = new WeakMap<Json, Node>();

/**
 * The elements of a StructureDefinition as a tree; read once for each. Throws `rule-violated` for one without a snapshot: what a
 * differential leaves out stands in other definitions, and a publisher has put them together.
 */
export function treeOf(profile: Json): Node {
  const known = trees.get(profile);
  if (known) return known;
  const tree = build(profile);
  trees.set(profile, tree);
  return tree;
}

function build(profile: Json): Node {
  const elements = partsOf(isObject(profile['snapshot']) ? profile['snapshot']['element'] : undefined);
  const url = String(profile['url'] ?? profile['name'] ?? '');
  const nodes = new Map<string, NodeMade>();
  const referring: [NodeMade, string][] = [];
  let root: NodeMade | undefined;
  for (const element of elements) {
    const id = idOf(element);
    const node = nodeOf(element, id);
    nodes.set(id, node);
    if (typeof element['contentReference'] === 'string') referring.push([node, element['contentReference'].replace(/^.*#/, '')]);
    if (!root) {
      root = node;
      continue;
    }
    const at = id.lastIndexOf('.');
    const slice = id.slice(at + 1).indexOf(':');
    if (slice >= 0) nodes.get(id.slice(0, at + 1 + slice))?.slices.push(node);
    else nodes.get(id.slice(0, at))?.children.set(node.name, node);
  }
  if (!root) {
    throw new Failure('rule-violated', {
      kind: 'not-supported',
      en: `the profile ${url} has no snapshot; load the package as its publisher built it`,
      zh: `专规 ${url} 没有 snapshot，请加载发布者生成的完整包`,
    });
  }
  for (const [node, target] of referring) {
    for (const [name, child] of nodes.get(target)?.children ?? []) node.children.set(name, child);
  }
  return root;
}

/** `Organization.identifier:uscc.type`; made of the path and the name of the slice where a publisher left it out. */
function idOf(element: Json): string {
  if (typeof element['id'] === 'string') return element['id'];
  const slice = element['sliceName'];
  return typeof slice === 'string' ? `${String(element['path'])}:${slice}` : String(element['path']);
}

function nodeOf(element: Json, id: string): NodeMade {
  const step = String(element['path']).replace(/^.*\./, '');
  const base = isObject(element['base']) ? element['base'] : {};
  const binding = isObject(element['binding']) ? element['binding'] : {};
  const slicing = isObject(element['slicing']) ? element['slicing'] : undefined;
  const slice = id.slice(id.lastIndexOf('.') + 1).split(':')[1];
  return {
    name: step.replace(/\[x\]$/, ''),
    isChoice: step.endsWith('[x]'),
    min: numberOf(element['min'], 0),
    max: maxOf(element['max']),
    base: { min: numberOf(base['min'], 0), max: maxOf(base['max']) },
    types: partsOf(element['type']).map((it) => ({
      code: codeOf(it),
      profiles: listOf(it['profile']).map(String),
      targets: listOf(it['targetProfile']).map(String),
    })),
    fixed: valueOf(element, 'fixed'),
    pattern: valueOf(element, 'pattern'),
    required: binding['strength'] === 'required' && typeof binding['valueSet'] === 'string' ? binding['valueSet'] : undefined,
    maxLength: typeof element['maxLength'] === 'number' ? element['maxLength'] : undefined,
    constraints: partsOf(element['constraint']).map((it) => ({
      key: String(it['key']),
      severity: it['severity'] === 'warning' ? 'warning' : 'error',
      human: String(it['human']),
      expression: String(it['expression'] ?? ''),
      source: String(it['source'] ?? ''),
    })),
    slicing: slicing && {
      discriminators: partsOf(slicing['discriminator']).map((it) => ({ type: String(it['type']), path: String(it['path']) })),
      isClosed: slicing['rules'] === 'closed',
    },
    slices: [],
    children: new Map(),
    sliceName: slice,
  };
}

function codeOf(type: Json): string {
  const code = String(type['code']);
  return code.startsWith('http://hl7.org/fhirpath/') ? 'string' : code;
}

/** The value of `fixed[x]` or `pattern[x]`. */
function valueOf(element: Json, prefix: string): JsonValue | undefined {
  for (const key in element) if (key.startsWith(prefix) && /^[A-Z]/.test(key.slice(prefix.length))) return element[key];
  return undefined;
}

function numberOf(value: JsonValue | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function maxOf(value: JsonValue | undefined): number {
  return value === '*' || value === undefined ? Number.POSITIVE_INFINITY : Number(value);
}
