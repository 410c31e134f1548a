/** A text gets its name when it is used for the third time; before that it is likely to be somebody's odd search that never comes again. */
const USES = 3;
/** Every connection keeps the plan of every named text, some 100 KiB each, as long as it lives. */
const NAMES_MAX = 64;
const TEXTS_MAX = 1_000;

const uses = new Map<string, number>();
const names = new Map<string, string>();

/**
 * The name under which a statement that is put together for each request is prepared, `undefined` for one that is not worth it: parsing and
 * planning a search takes the server longer than doing it. The same text has the same name for as long as the process lives. However many
 * texts are asked for, only so many are given names, so that no caller can fill the memory of the server.
 */
export function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= NAMES_MAX) return undefined;
  const used = (uses.get(text) ?? 0) + 1;
  if (used < USES) {
    if (uses.size >= TEXTS_MAX) uses.clear();
    uses.set(text, used);
    return undefined;
  }
  uses.delete(text);
  const name = `made-${names.size}`;
  names.set(text, name);
  return name;
}
