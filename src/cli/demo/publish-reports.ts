import { type Answer, listAt, textAt } from './answer.ts';
import type { Publication } from './bundles.ts';
import type { CallingSystem } from './http-client.ts';
import { type Print, Progress } from './terminal.ts';

/** A publication the gateway has acknowledged, and what its entries are called there. */
export interface Published {
  readonly publication: Publication;
  /** `urn:uuid:…` of an entry → `Type/id/_history/version`. */
  readonly references: ReadonlyMap<string, string>;
}

/** Sends one publication; an error that names the refusal if it is not taken. */
export async function publishReport(system: CallingSystem, publication: Publication): Promise<Published> {
  return publishedAs(publication, (await system.publish(publication.text)).expectOk(`Report ${publication.identifier.value}`));
}

/** What the transaction response says the entries became (R4, 3.1.0.11.2: in the order of the request). */
export function publishedAs(publication: Publication, answer: Answer): Published {
  const entries = listAt(answer.body, 'entry');
  const references = new Map(publication.entries.map((sent, index) => [sent.fullUrl, located(entries[index])]));
  return { publication, references };
}

/** Sends all of them over as many connections as given, each by its own hospital's system. */
export async function publishReports(
  systemOf: (publication: Publication) => CallingSystem,
  publications: readonly Publication[],
  connections: number,
  print: Print,
): Promise<Published[]> {
  const progress = new Progress(print, 'reports published', publications.length);
  const published: Published[] = [];
  const queue = publications.values();
  const worker = async () => {
    for (const publication of queue) {
      published.push(await publishReport(systemOf(publication), publication));
      progress.add();
    }
  };
  // Nobody goes on sending behind the back of whoever hears of a failure.
  const outcomes = await Promise.allSettled(Array.from({ length: connections }, worker));
  for (const it of outcomes) if (it.status === 'rejected') throw it.reason;
  return published;
}

/** What the first entry of a type became, without its version; `holding` finds one among several by a piece of its text. */
export function referenceOf(published: Published, type: string, holding = ''): string {
  const sent = published.publication.entries.find((it) => it.type === type && it.text.includes(holding));
  return unversioned(published.references.get(sent?.fullUrl ?? '') ?? '');
}

/** `Observation/1/_history/2` → `Observation/1`. */
export function unversioned(reference: string): string {
  return reference.replace(/\/_history\/.*$/, '');
}

/** The relative, versioned reference an entry of a transaction response names in its location. */
function located(entry: unknown): string {
  const location = textAt(entry, 'response', 'location');
  return /[A-Z]\w+\/[\w.-]+(?:\/_history\/[\w.-]+)?$/.exec(location)?.[0] ?? '';
}
