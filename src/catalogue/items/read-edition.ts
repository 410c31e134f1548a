import { Failure, type Issue } from '../../failure.ts';
import { type Json, parseExactJson, utf8Text } from '../../fhir/exact-json.ts';
import { type EditionHead, faultsOfHead } from './edition.rules.ts';
import { draftsOfCodeSystem, headOfCodeSystem, placeOfHead } from './edition-code-system.rules.ts';
import { readEditionCsv } from './edition-csv.ts';
import { type CatalogueItem, ITEM_SYSTEM } from './find-items.ts';
import { readItems } from './read-items.rules.ts';

export interface ReadEdition {
  readonly head: EditionHead;
  readonly items: readonly CatalogueItem[];
}

/** What an address says of an edition beside its name. */
interface HeadQuery {
  readonly title?: string;
  readonly effectiveFrom?: string;
}

/** An edition as CSV, with its head from the address. Throws `malformed`, `too-large`, and `rule-violated` with every fault. */
export function readCsvEdition(edition: string, { title = '', effectiveFrom = '' }: HeadQuery, text: string): ReadEdition {
  const head = { edition, title: title.trim(), effectiveFrom };
  return accepted(
    faultsOfHead(head, (part) => part),
    head,
    readItems(readEditionCsv(text)),
  );
}

/**
 * An edition as the text of a CodeSystem, which has to be the one of the address. Throws `malformed` and `rule-violated` with every fault.
 */
export function readCodeSystemEdition(edition: string, query: HeadQuery, bytes: Uint8Array): ReadEdition {
  const resource = parseExactJson(utf8Text(bytes), 'CodeSystem').value;
  const faults: Issue[] = Object.keys(query).map((path) => ({
    path,
    en: 'is said by the CodeSystem itself and cannot stand in the address',
    zh: '已由 CodeSystem 给出，不能写在地址中',
  }));
  if (!isEditionCodeSystem(resource)) {
    faults.push({ path: 'url', en: `is not a CodeSystem ${ITEM_SYSTEM}`, zh: `应为 CodeSystem ${ITEM_SYSTEM}` });
  }
  if (headOfCodeSystem(resource).edition !== edition) {
    faults.push({ path: 'version', en: `is not "${edition}", as the address says`, zh: `与地址中的“${edition}”不符` });
  }
  return accepted(faults, headOfCodeSystem(resource), editionOf(resource));
}

/** Whether a resource claims to be an edition of our own items. */
export function isEditionCodeSystem(resource: Json): boolean {
  return resource['resourceType'] === 'CodeSystem' && resource['url'] === ITEM_SYSTEM;
}

/** The edition that a CodeSystem is, or everything that is wrong with it. */
export function editionOf(resource: Json): ReadEdition | { readonly issues: readonly Issue[] } {
  const head = headOfCodeSystem(resource);
  const { drafts, issues } = draftsOfCodeSystem(resource);
  const read = readItems(drafts);
  const all = [...faultsOfHead(head, placeOfHead), ...issues, ...('issues' in read ? read.issues : [])];
  return 'issues' in read || all.length > 0 ? { issues: all } : { head, items: read.items };
}

type ItemsOrIssues = { readonly items: readonly CatalogueItem[] } | { readonly issues: readonly Issue[] };

function accepted(faults: readonly Issue[], head: EditionHead, read: ItemsOrIssues): ReadEdition {
  const all = 'issues' in read ? [...faults, ...read.issues] : faults;
  if ('issues' in read || all.length > 0) throw new Failure('rule-violated', all);
  return { head, items: read.items };
}
