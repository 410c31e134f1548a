import type { Database } from '../database/client.ts';
import { Failure } from '../failure.ts';
import { type RequestEntry, readRequestBundle } from '../fhir/bundle.ts';
import { type ExactDocument, parseExactJson } from '../fhir/exact-json.ts';
import type { Caller } from '../security/caller.ts';
import { requireScope } from '../security/require-scope.ts';
import type { Custody } from './custody.ts';
import type { Draft, Outcome } from './draft.ts';
import { draftOfEntry } from './draft-of.ts';
import { fingerprint } from './hash.ts';
import { storeResources } from './store-resources.ts';
import { transactAgain } from './transact-again.ts';

/** The answer to one entry of a batch that could not be done; the others go on. */
export interface EntryFailure {
  readonly failure: Failure;
}

export type EntryAnswer = Outcome | EntryFailure;

/**
 * FHIR transaction and batch: https://hl7.org/fhir/R4/http.html#transaction
 *
 * A transaction is one database transaction and throws the first Failure; of a batch each entry is one by itself. Both check the scope of
 * every entry. Answers stand in the order of the request.
 */
export async function processBundle(
  db: Database,
  custody: Custody,
  caller: Caller,
  text: string,
  base: string,
  now: Date,
): Promise<{ readonly type: 'transaction' | 'batch'; readonly answers: readonly EntryAnswer[] }> {
  const document = parseExactJson(text, 'Bundle');
  const bundle = readRequestBundle(document);
  const publication = { interaction: 'processBundle', fingerprint: fingerprint(text), base };
  if (bundle.entries.length === 0) {
    await custody.record(null, caller, [{ person: 0n, action: 'E', interaction: publication.interaction, entities: [] }], now);
    return { type: bundle.type, answers: [] };
  }

  if (bundle.type === 'transaction') {
    const drafts = bundle.entries.map((entry) => permittedDraft(document, entry, caller));
    return { type: 'transaction', answers: await transactAgain(db, (tx) => storeResources(tx, custody, caller, drafts, publication, now)) };
  }

  const answers: EntryAnswer[] = [];
  for (const [index, entry] of bundle.entries.entries()) {
    try {
      const draft = permittedDraft(document, entry, caller);
      const own = { ...publication, fingerprint: fingerprint(`${publication.fingerprint}#${index}`) };
      const [outcome] = await transactAgain(db, (tx) => storeResources(tx, custody, caller, [draft], own, now));
      if (outcome) answers.push(outcome);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await custody.refuse(caller, publication.interaction, error, now);
      answers.push({ failure: error });
    }
  }
  return { type: 'batch', answers };
}

/** What the caller may not do is refused before anything is said about the resource. */
function permittedDraft(document: ExactDocument, entry: RequestEntry, caller: Caller): Draft {
  if (entry.resource) requireScope(caller, `system/${String(entry.resource['resourceType'])}.${entry.method === 'PUT' ? 'u' : 'c'}`);
  return draftOfEntry(document, entry);
}
