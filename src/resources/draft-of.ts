import { Failure, type Issue } from '../failure.ts';
import { checkType, type RequestEntry } from '../fhir/bundle.ts';
import type { Identifier } from '../fhir/element.ts';
import type { ExactDocument } from '../fhir/exact-json.ts';
import { readIdentifierCriteria } from '../fhir/reference.ts';
import { SERVER_MADE } from '../fhir/resource-types.ts';
import type { CreateWish, Draft, UpdateWish } from './draft.ts';
import { decodeId } from './resource-id.ts';

/** A POST or PUT entry as a draft. Throws `malformed` where url and resource disagree, `not-supported` for other methods. */
export function draftOfEntry(document: ExactDocument, entry: RequestEntry): Draft {
  const { resource, method, path } = entry;
  if (!resource || (method !== 'POST' && method !== 'PUT')) {
    throw new Failure('not-supported', {
      path: `${path}.request.method`,
      en: `"${method}" is not taken here; POST and PUT are`,
      zh: `此处不支持“${method}”，仅支持 POST 和 PUT`,
    });
  }
  const type = String(resource['resourceType']);
  const [urlType, id, ...rest] = entry.url.split('/');
  if (urlType !== type || (id === undefined) !== (method === 'POST') || rest.length > 0) {
    const form = method === 'POST' ? type : `${type}/<id>`;
    throw new Failure('malformed', {
      path: `${path}.request.url`,
      en: `is "${entry.url}"; for this ${method} it must be ${form}`,
      zh: `为“${entry.url}”；此处的 ${method} 应为 ${form}`,
    });
  }
  const wish =
    method === 'POST'
      ? createWish(entry.ifNoneExist, `${path}.request.ifNoneExist`)
      : updateWish(type, id ?? '', resource['id'], entry.ifMatch, `${path}.resource`);
  return { path: `${path}.resource`, fullUrl: entry.fullUrl, document, content: resource, type, wish };
}

/** A single resource, as create and update take it. Throws `malformed` where it is not of the type the address names. */
export function draftOfDocument(document: ExactDocument, type: string, wish: CreateWish | UpdateWish): Draft {
  const content = document.value;
  refuseServerMade(type);
  const issues: Issue[] = [];
  checkType(content, type, issues);
  if (issues.length === 0 && content['resourceType'] !== type) {
    issues.push({
      path: `${type}.resourceType`,
      en: `is ${String(content['resourceType'])} while the address says ${type}`,
      zh: `为 ${String(content['resourceType'])}，与地址中的 ${type} 不符`,
    });
  }
  if (issues.length > 0) throw new Failure('malformed', issues);
  return { path: type, fullUrl: undefined, document, content, type, wish };
}

/** `criteria` is an If-None-Exist: `identifier=system|value`, with or without a leading `?`. */
export function createWish(criteria: string | undefined, path: string): CreateWish {
  if (criteria === undefined) return { kind: 'create' };
  const ifNoneExist: Identifier | undefined = readIdentifierCriteria(criteria.replace(/^.*\?/, ''));
  if (ifNoneExist) return { kind: 'create', ifNoneExist };
  throw new Failure('not-supported', {
    path,
    en: `"${criteria}" is not a criterion this server takes; write identifier=system|value`,
    zh: `不支持条件“${criteria}”，请使用 identifier=system|value`,
  });
}

/**
 * Wish to update `Type/id`; the body must name the same id (R4, 3.1.0.4). An id that this server cannot have given is `not-owner`, as is
 * one of another institution: the answer does not tell which.
 */
export function updateWish(type: string, id: string, bodyId: unknown, ifMatch: string | undefined, path: string): UpdateWish {
  refuseServerMade(type);
  if (bodyId !== id) {
    throw new Failure('malformed', { path: `${path}.id`, en: `must be "${id}", as in the address`, zh: `必须与地址一致，为“${id}”` });
  }
  const key = decodeId(id);
  if (!key) {
    throw new Failure('not-owner', {
      path,
      en: `this institution has no such ${type}; ids are given by the server, so POST it first`,
      zh: `本机构没有该 ${type}；资源 id 由服务器分配，请先 POST`,
    });
  }
  if (ifMatch === undefined) return { kind: 'update', key };
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch.trim())?.[1];
  if (version) return { kind: 'update', key, ifMatch: Number(version) };
  throw new Failure('parameter-invalid', {
    path: `${path}`,
    en: 'If-Match takes one version, as in W/"3"',
    zh: 'If-Match 应为单个版本号，例如 W/"3"',
  });
}

function refuseServerMade(type: string): void {
  if (!SERVER_MADE.has(type)) return;
  throw new Failure('method-not-allowed', { path: type, en: `${type} is made by the server alone`, zh: `${type} 仅由系统生成` });
}
