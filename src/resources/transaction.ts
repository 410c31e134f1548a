import type { Database } from '../database/client.ts';
import { Failure } from '../failure.ts';
import { type RequestBundle, type RequestEntry, readRequestBundle } from '../fhir/bundle.ts';
import { type ExactDocument, parseExactJson } from '../fhir/exact-json.ts';
import type { Caller } from '../security/caller.ts';
import { requireScope } from '../security/require-scope.ts';
import type { Custody } from './custody.ts';
import type { Draft, Outcome } from './draft.ts';
import { draftOfEntry } from './draft-of.ts';
import { fingerprint } from './hash.ts';
import { type Publication, storeResources } from './store-resources.ts';
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
  const request = readRequest(text);
  const { type, entries } = request.bundle;
  const publication = { interaction: 'processBundle', fingerprint: fingerprint(text), base };
  if (entries.length === 0) {
    await custody.record(null, caller, [{ person: 0n, action: 'E', interaction: publication.interaction, entities: [] }], now);
    return { type, answers: [] };
  }

  const store = (drafts: (from: Request) => readonly Draft[], own: Publication): Promise<readonly Outcome[]> => {
    const first = drafts(request);
    // Storing brings a draft in line with what is stored, so another attempt reads the text anew.
    return transactAgain(db, (tx, attempt) =>
      storeResources(tx, custody, caller, attempt === 1 ? first : drafts(readRequest(text)), own, now),
    );
  };
  if (type === 'transaction') {
    const draftsOf = ({ document, bundle }: Request) => bundle.entries.map((entry) => permittedDraft(document, entry, caller));
    return { type, answers: await store(draftsOf, publication) };
  }

  const answers: EntryAnswer[] = [];
  for (const index of entries.keys()) {
    try {
      const draftsOf = ({ document, bundle }: Request) =>
        bundle.entries.slice(index, index + 1).map((it) => permittedDraft(document, it, caller));
      const [outcome] = await store(draftsOf, { ...publication, fingerprint: fingerprint(`${publication.fingerprint}#${index}`) });
      if (outcome) answers.push(outcome);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await custody.refuse(caller, publication.interaction, error, now);
      answers.push({ failure: error });
    }
  }
  return { type, answers };
}

interface Request {
  readonly document: ExactDocument;
  readonly bundle: RequestBundle;
}

function readRequest(text: string): Request {
  const document = parseExactJson(text, 'Bundle');
  return { document, bundle: readRequestBundle(document) };
}

/** What the caller may not do is refused before anything is said about the resource. */
function permittedDraft(document: ExactDocument, entry: RequestEntry, caller: Caller): Draft {
  if (entry.resource) requireScope(caller, `system/${String(entry.resource['resourceType'])}.${entry.method === 'PUT' ? 'u' : 'c'}`);
  return draftOfEntry(document, entry);
}
