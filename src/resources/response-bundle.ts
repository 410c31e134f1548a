import type { Preference } from '../faces/prefer.ts';
import type { Failure } from '../failure.ts';
import { entityTag } from '../fhir/entity-tag.rules.ts';
import { Instants } from '../fhir/instants.ts';
import type { EntryReading } from './answer-entry.ts';
import type { NothingDone, Outcome } from './draft.ts';
import { versionedReference } from './outcome-headers.ts';
import { showOutcome } from './show-outcome.ts';
import type { EntryAnswer } from './transaction.ts';

/** How the entries of an answer are shown. */
export interface ResponseManners {
  /** Resources are left out unless `representation` is preferred; what was read is always there. */
  readonly preference: Preference['return'];
  readonly language: 'zh' | 'en';
  readonly showFailure: (failure: Failure) => { readonly status: number; readonly outcome: object };
}

const STATUS = {
  created: '201 Created',
  updated: '200 OK',
  unchanged: '200 OK',
  deleted: '204 No Content',
  nothing: '204 No Content',
  read: '200 OK',
  held: '304 Not Modified',
} as const;

/** The answer to a transaction or batch as JSON text; resources stand in it as they are stored, and are not parsed for it. */
export function responseBundle(type: 'transaction' | 'batch', answers: readonly EntryAnswer[], manners: ResponseManners): string {
  const instants = new Instants();
  const entries = answers.map((it) => {
    const { resource, response } = show(it, manners, instants);
    return `{${resource === undefined ? '' : `"resource":${resource},`}"response":${JSON.stringify(response)}}`;
  });
  return `{"resourceType":"Bundle","type":"${type}-response"${entries.length > 0 ? `,"entry":[${entries.join(',')}]` : ''}}`;
}

/** What is `undefined` in a response does not stand in it. */
function show(answer: EntryAnswer, manners: ResponseManners, instants: Instants): { resource?: string | undefined; response: object } {
  if ('failure' in answer) {
    const { status, outcome } = manners.showFailure(answer.failure);
    return { response: { status: String(status), outcome } };
  }
  if (isReading(answer)) {
    const { status, text, version, lastModified } = answer;
    return {
      resource: text,
      response: {
        status: STATUS[status],
        etag: version === undefined ? undefined : entityTag(version),
        lastModified: lastModified && instants.textOf(lastModified),
      },
    };
  }
  const outcome = manners.preference === 'OperationOutcome' ? showOutcome(answer, manners.language) : undefined;
  if (answer.status === 'nothing') return { response: { status: STATUS.nothing, outcome } };
  const { status, version, lastModified, text } = answer;
  return {
    resource: manners.preference === 'representation' && text ? text : undefined,
    response: {
      status: STATUS[status],
      location: status === 'deleted' ? undefined : versionedReference(answer),
      etag: entityTag(version),
      lastModified: instants.textOf(lastModified),
      outcome,
    },
  };
}

function isReading(answer: Outcome | NothingDone | EntryReading): answer is EntryReading {
  return answer.status === 'read' || answer.status === 'held';
}
