import { randomUUID } from 'node:crypto';
import type { Answer, CallingSystem } from '../support/gateway.ts';

/** An identifier system that no other test uses. */
export const freshDomain = (): string => `urn:uuid:${randomUUID()}`;

/** Stores a Patient; answers with its id. */
export async function store(hospital: CallingSystem, patient: Record<string, unknown>): Promise<string> {
  const answer = await hospital.post('/fhir/Patient', { resourceType: 'Patient', ...patient });
  if (answer.status !== 201) throw new Error(answer.text);
  return /Patient\/([^/]+)/.exec(String(answer.headers['location']))?.[1] ?? '';
}

/** A new version of a Patient with some elements changed; `undefined` takes one away. */
export async function revise(hospital: CallingSystem, id: string, changes: Record<string, unknown>): Promise<Answer> {
  const { body } = await hospital.get(`/fhir/Patient/${id}`);
  return hospital.put(`/fhir/Patient/${id}`, { ...body, ...changes });
}

/** Says that a Patient is replaced by another one of the same institution. */
export function merge(hospital: CallingSystem, id: string, other: Record<string, unknown>): Promise<Answer> {
  return revise(hospital, id, { active: false, link: [{ type: 'replaced-by', other }] });
}

/** What `$ihe-pix` answers: identifiers as system|value and ids, in one order. */
export async function crossReferenced(
  hospital: CallingSystem,
  source: string,
  targets: readonly string[] = [],
  headers: Record<string, string | undefined> = {},
): Promise<{ status: number; identifiers: string[]; ids: string[] }> {
  const query = new URLSearchParams([['sourceIdentifier', source], ...targets.map((it) => ['targetSystem', it] as [string, string])]);
  const { status, body } = await hospital.get(`/fhir/Patient/$ihe-pix?${query.toString()}`, headers);
  const parameters: { name: string; valueIdentifier: { system: string; value: string }; valueReference: { reference: string } }[] =
    body.parameter ?? [];
  return {
    status,
    identifiers: parameters
      .flatMap(({ name, valueIdentifier: it }) => (name === 'targetIdentifier' ? [`${it.system}|${it.value}`] : []))
      .toSorted(),
    ids: parameters
      .flatMap(({ name, valueReference: it }) => (name === 'targetId' ? [it.reference.replace('Patient/', '')] : []))
      .toSorted(),
  };
}
