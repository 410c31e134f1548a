import { randomUUID } from 'node:crypto';
import type { Answer, CallingSystem } from '../support/gateway.ts';
import { check, permit, publishBundle } from '../support/recognition.ts';
import { type Analyte, bloodCount, HGB, type Person, somebody, WBC } from '../support/reports.ts';

const HOUR_MS = 3_600_000;

/** A blood count that a hospital has published. */
export interface Publication {
  readonly source: CallingSystem;
  readonly person: Person;
  readonly number: string;
  readonly at: Date;
  readonly report: string;
}

/** Publishes one of an examination two hours ago, unless said otherwise. */
export async function published(
  source: CallingSystem,
  analytes: readonly Analyte[] = [WBC, HGB],
  person = somebody(),
  at = new Date(Date.now() - 2 * HOUR_MS),
): Promise<Publication> {
  const about = { person, number: randomUUID(), at };
  return { source, ...about, report: await publishBundle(source, bloodCount({ ...about, analytes })) };
}

/** Publishes the report again, as it is now, issued some minutes after the former. */
export async function correct(
  { source, person, number, at }: Publication,
  analytes: readonly Analyte[],
  { minutes = 1, status = 'corrected' }: { readonly minutes?: number; readonly status?: string } = {},
): Promise<void> {
  const issued = new Date(at.getTime() + (10 + minutes) * 60_000).toISOString();
  await publishBundle(source, bloodCount({ person, number, at, analytes, status, report: { issued } }));
}

/** The Observations of the report, in its order: references. */
export async function resultsOf({ source, report }: Publication): Promise<readonly string[]> {
  const { body } = await source.get(`/fhir/DiagnosticReport/${report}`);
  return body.result.map((it: { reference: string }) => it.reference);
}

/** Looks the person's reports up, as a clinician of that institution. */
export async function lookUp(caller: CallingSystem, made: Publication): Promise<Answer> {
  const { body } = await made.source.get(`/fhir/DiagnosticReport/${made.report}`);
  return await caller.get(`/fhir/${body.subject.reference}/$prior-results`);
}

/** Recognises items of the person; answers the decisions' ids. */
export async function recognise(receiver: CallingSystem, person: Person, items: readonly string[]): Promise<readonly string[]> {
  const asked = await check(receiver, person, items, { encounter: 'OP-1' });
  const decisions = items.map((item) => ({ item, decision: 'recognised' }));
  const { status, body, text } = await receiver.post('/v1/recognition-decisions', { check: asked.body.id, decisions });
  if (status !== 201) throw new Error(text);
  return body.decisions.map((it: { id: string }) => it.id);
}

/** An institution that the person lets see everything. */
export async function permitted(caller: CallingSystem, person: Person): Promise<CallingSystem> {
  await permit(caller, person);
  return caller;
}

/** The recalls that a caller is shown. */
export async function listed(caller: CallingSystem, query = ''): Promise<Answer['body'][]> {
  const { status, body, text } = await caller.get(`/v1/recalls?${query}`);
  if (status !== 200) throw new Error(text);
  return body.recalls;
}
