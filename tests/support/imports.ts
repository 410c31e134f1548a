import { readdir, readFile } from 'node:fs/promises';
import { posix } from 'node:path';

/** One import of one source file. */
export interface Import {
  /** The importing file, as in `reports/prior-results.ts`. */
  readonly from: string;
  /** The imported file, or the name of a package. */
  readonly to: string;
  /** Nothing of it is there at run time. */
  readonly typeOnly: boolean;
}

const SOURCES = new URL('../../src/', import.meta.url);
/** Static imports and re-exports, and dynamic ones of a literal. */
const IMPORT = /(?:^|\n)(?:import|export)\s+(?:([^'";]*?)\s+from\s+)?'([^']+)'|\bimport\(\s*'([^']+)'/g;

/** Every source file, as in `reports/prior-results.ts`. */
export async function sourceFiles(): Promise<readonly string[]> {
  const entries = await readdir(SOURCES, { recursive: true, withFileTypes: true });
  return entries
    .filter((it) => it.isFile() && it.name.endsWith('.ts'))
    .map((it) => posix.relative(SOURCES.pathname, posix.join(it.parentPath, it.name)))
    .toSorted();
}

export function sourceOf(file: string): Promise<string> {
  return readFile(new URL(file, SOURCES), 'utf8');
}

export function readImports(from: string, source: string): readonly Import[] {
  return [...source.matchAll(IMPORT)].map(([, clause = '', named, dynamic]) => {
    const target = (named ?? dynamic) as string;
    return {
      from,
      to: target.startsWith('.') ? posix.join(posix.dirname(from), target) : target,
      typeOnly: dynamic === undefined && isTypeOnly(clause),
    };
  });
}

function isTypeOnly(clause: string): boolean {
  if (clause.startsWith('type ')) return true;
  const names = /^\{([^}]*)\}$/s
    .exec(clause)?.[1]
    ?.split(',')
    .map((it) => it.trim());
  return names?.filter(Boolean).every((it) => it.startsWith('type ')) ?? false;
}

/** Everything that is there at run time because of a file: itself, and whatever it imports on however many steps. */
export function reachOf(file: string, imports: readonly Import[]): readonly string[] {
  const reached = new Set([file]);
  for (const it of reached) for (const { from, to, typeOnly } of imports) if (from === it && !typeOnly) reached.add(to);
  return [...reached];
}
