import { randomUUID } from 'node:crypto';
import type { CallingSystem } from './gateway.ts';

type Content = Record<string, unknown>;

/** One entry of a Bundle that asks for something; a POST unless said otherwise. */
export interface Entry {
  readonly fullUrl?: string;
  readonly resource?: Content;
  readonly request: { readonly method: string; readonly url: string; readonly ifNoneExist?: string; readonly ifMatch?: string };
}

export const urn = (): string => `urn:uuid:${randomUUID()}`;

export function post(resource: Content, more: { fullUrl?: string; ifNoneExist?: string } = {}): Entry {
  const { fullUrl = urn(), ifNoneExist } = more;
  const type = String(resource['resourceType']);
  return { fullUrl, resource, request: { method: 'POST', url: type, ...(ifNoneExist === undefined ? {} : { ifNoneExist }) } };
}

export function put(resource: Content, ifMatch?: string): Entry {
  const url = `${String(resource['resourceType'])}/${String(resource['id'])}`;
  return {
    fullUrl: `http://gateway.test/fhir/${url}`,
    resource,
    request: { method: 'PUT', url, ...(ifMatch === undefined ? {} : { ifMatch }) },
  };
}

export const transaction = (...entry: readonly Entry[]) => ({ resourceType: 'Bundle', type: 'transaction', entry });
export const batch = (...entry: readonly Entry[]) => ({ resourceType: 'Bundle', type: 'batch', entry });

/** What an answer to a Bundle says about one of its entries. */
export interface EntryAnswer {
  readonly response: {
    readonly status: string;
    readonly location: string;
    readonly etag: string;
    readonly lastModified: string;
    // biome-ignore lint/suspicious/noExplicitAny: tests look into outcomes of every form.
    readonly outcome?: any;
  };
}

/** The locations of an answer, such as `Patient/1/_history/1`, in its order. */
export function locationsOf(body: { entry?: readonly EntryAnswer[] }): readonly string[] {
  return (body.entry ?? []).map((it) => it.response.location);
}

/** `Type/id` of every entry of a type, in the order of the answer. */
export function referencesTo(body: { entry?: readonly EntryAnswer[] }, type: string): readonly string[] {
  return locationsOf(body)
    .filter((it) => it?.startsWith(`${type}/`))
    .map((it) => it.replace(/\/_history\/.*$/, ''));
}

/** The first of them. */
export function referenceTo(body: { entry?: readonly EntryAnswer[] }, type: string): string {
  const [reference] = referencesTo(body, type);
  if (!reference) throw new Error(`no ${type} in ${JSON.stringify(body)}`);
  return reference;
}

/** How many resources of a type an institution sees of its own, looked up page by page. */
export async function countOf(system: CallingSystem, type: string, query = ''): Promise<number> {
  const found = await searchAll(system, `/fhir/${type}?${[query, '_count=500'].filter(Boolean).join('&')}`);
  return found.length;
}

/** Every match of a search, from the first page to the last. */
export async function searchAll(
  system: CallingSystem,
  url: string,
): Promise<readonly { resourceType: string; id: string; [name: string]: unknown }[]> {
  const found: { resourceType: string; id: string }[] = [];
  for (let next: string | undefined = url; next !== undefined; ) {
    const answer = await system.get(next.replace(/^http:\/\/[^/]+/, ''));
    if (answer.status !== 200) throw new Error(`${next}: ${answer.text}`);
    found.push(...(answer.body.entry ?? []).map((it: { resource: { resourceType: string; id: string } }) => it.resource));
    next = answer.body.link.find((it: { relation: string }) => it.relation === 'next')?.url;
  }
  return found;
}
