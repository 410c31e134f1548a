import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

/** Data that others made, kept outside of the project; tests that use it are skipped where it is absent. */
const ROOT = new URL('../../../shared/testdata/', import.meta.url);

export const folderOf = (name: string): URL => new URL(`${name}/`, ROOT);

export const isThere = (name: string): boolean => existsSync(folderOf(name));

/** The JSON files of a folder with their texts, by name in alphabetical order. */
export async function jsonFiles(name: string): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const names = (await readdir(folderOf(name))).filter((it) => it.endsWith('.json')).sort();
  return Promise.all(names.map(async (it) => ({ name: it, text: await readFile(new URL(it, folderOf(name)), 'utf8') })));
}
