import type { Reader, Transaction } from '../database/client.ts';
import type { RepeatCount } from '../repeats/count-repeats.ts';
import type { CountedDay } from './compare-days.rules.ts';
import type { ItemTime } from './item-times.rules.ts';

/** A day of Beijing at a receiving institution. */
export interface InstitutionDay {
  readonly institution: number;
  /** `2026-03-01`. */
  readonly day: string;
}

/** Writes down that something of these days may not be counted yet, in one statement; in their order, so that two never wait in a circle. */
export async function markDue(tx: Transaction, days: readonly InstitutionDay[], now: Date): Promise<void> {
  if (days.length === 0) return;
  await tx.$client.query({
    name: 'mark-indicator-days',
    text: `insert into indicator_days (institution, day, due_since)
           select distinct institution, day, $3::timestamptz from unnest($1::integer[], $2::date[]) as it (institution, day)
            order by institution, day
           on conflict (institution, day) do update set due_since = coalesce(indicator_days.due_since, excluded.due_since)`,
    values: [days.map((it) => it.institution), days.map((it) => it.day), now],
  });
}

/**
 * Takes the day that has been due the longest and was not counted after `restedSince`, and holds it until the end of the transaction, so
 * that nobody else counts it and whoever marks it waits; `undefined` where there is none. A day that was counted later than now, by a clock
 * that has gone backwards since, has rested.
 */
export async function takeDueDay(tx: Transaction, restedSince: Date, now: Date): Promise<InstitutionDay | undefined> {
  const { rows } = await tx.$client.query<InstitutionDay>({
    name: 'take-indicator-day',
    text: `select institution, day::text from indicator_days
            where due_since is not null and (counted_at is null or counted_at <= $1 or counted_at > $2)
            order by due_since limit 1 for update skip locked`,
    values: [restedSince, now],
  });
  return rows[0];
}

/** Holds a day until the end of the transaction, whether or not it is due; it is there afterwards. */
export async function holdDay(tx: Transaction, { institution, day }: InstitutionDay): Promise<void> {
  await tx.$client.query('insert into indicator_days (institution, day) values ($1, $2) on conflict do nothing', [institution, day]);
  await tx.$client.query('select from indicator_days where institution = $1 and day = $2 for update', [institution, day]);
}

/** Puts a day that could not be counted behind the others; one that is not due any more, since somebody counted it meanwhile, stays as it is. */
export async function postponeDay(tx: Transaction, { institution, day }: InstitutionDay, now: Date): Promise<void> {
  await tx.$client.query(
    'update indicator_days set due_since = $3, counted_at = $3 where institution = $1 and day = $2 and due_since is not null',
    [institution, day, now],
  );
}

const COLUMNS = `visit, item, source, is_main as "isMain", department, doctor, doctor_name as "doctorName", is_reminded as "isReminded",
  is_eligible as "isEligible", outcome, reason, decided_ms::float8 as "decidedMs"`;

/** The rows of a day as they are kept, in the order of `gatherDay`. */
export async function findCountedDay(reader: Reader, { institution, day }: InstitutionDay): Promise<CountedDay> {
  const { rows: days } = await reader.$client.query<{ asked: number }>(
    'select asked from indicator_days where institution = $1 and day = $2',
    [institution, day],
  );
  const { rows } = await reader.$client.query<ItemTime>(
    `select ${COLUMNS} from indicator_item_times where institution = $1 and day = $2 order by visit, item collate "C", source`,
    [institution, day],
  );
  const { rows: examinations } = await reader.$client.query<RepeatCount>(
    `select item, source, examinations, repeats, patients, repeated_patients as "repeatedPatients" from indicator_examinations
      where institution = $1 and day = $2 order by item collate "C", source`,
    [institution, day],
  );
  return { asked: days[0]?.asked ?? 0, itemTimes: rows, examinations };
}

/** Puts these rows in the place of those of the day, which is not due any more; four statements, whatever their number. */
export async function replaceDay(
  tx: Transaction,
  of: InstitutionDay,
  { asked, itemTimes, examinations }: CountedDay,
  now: Date,
): Promise<void> {
  const { institution, day } = of;
  await tx.$client.query({
    name: 'clear-indicator-day',
    text: `with examined as (delete from indicator_examinations where institution = $1 and day = $2)
           delete from indicator_item_times where institution = $1 and day = $2`,
    values: [institution, day],
  });
  await tx.$client.query({
    name: 'fill-indicator-day',
    text: `insert into indicator_item_times (institution, day, visit, item, source, is_main, department, doctor, doctor_name, is_reminded,
                                             is_eligible, outcome, reason, decided_ms)
           select $1, $2, visit, item, source, "isMain", department, doctor, "doctorName", "isReminded", "isEligible", outcome, reason, "decidedMs"
             from json_to_recordset($3::json) as it (
               visit integer, item text, source integer, "isMain" boolean, department text, doctor text, "doctorName" text,
               "isReminded" boolean, "isEligible" boolean, outcome text, reason text, "decidedMs" bigint)`,
    values: [institution, day, JSON.stringify(itemTimes)],
  });
  await tx.$client.query({
    name: 'fill-indicator-examinations',
    text: `insert into indicator_examinations (institution, day, item, source, examinations, repeats, patients, repeated_patients)
           select $1, $2, item, source, examinations, repeats, patients, "repeatedPatients"
             from json_to_recordset($3::json) as it (
               item text, source integer, examinations integer, repeats integer, patients integer, "repeatedPatients" integer)`,
    values: [institution, day, JSON.stringify(examinations)],
  });
  await tx.$client.query({
    name: 'close-indicator-day',
    text: 'update indicator_days set due_since = null, counted_at = $3, asked = $4 where institution = $1 and day = $2',
    values: [institution, day, now, asked],
  });
}

/** The days that are kept, of a period of days (`until` is not in it). */
export async function listDays(reader: Reader, from: string, until: string): Promise<readonly InstitutionDay[]> {
  const { rows } = await reader.$client.query<InstitutionDay>(
    'select institution, day::text from indicator_days where day >= $1 and day < $2',
    [from, until],
  );
  return rows;
}

/** Whether a day of a period is due, of one of these receiving institutions or of any. Served by `indicator_days_due`. */
export async function isAnyDue(
  reader: Reader,
  { from, until, institutions }: { readonly from: string; readonly until: string; readonly institutions: readonly number[] | undefined },
): Promise<boolean> {
  const { rows } = await reader.$client.query<{ due: boolean }>(
    `select exists (select from indicator_days where due_since is not null and day >= $1 and day < $2
                       and ($3::integer[] is null or institution = any($3))) as due`,
    [from, until, institutions ?? null],
  );
  return rows[0]?.due ?? false;
}

/** How many items were asked for in a period, each once a visit, by institution and month. */
export async function sumAsked(
  reader: Reader,
  { from, until, institutions }: { readonly from: string; readonly until: string; readonly institutions: readonly number[] | undefined },
): Promise<readonly { readonly institution: number; readonly month: string; readonly asked: number }[]> {
  const { rows } = await reader.$client.query<{ institution: number; month: string; asked: number }>(
    `select institution, to_char(day, 'YYYY-MM') as month, sum(asked)::float8 as asked from indicator_days
      where day >= $1 and day < $2 and ($3::integer[] is null or institution = any($3)) group by 1, 2`,
    [from, until, institutions ?? null],
  );
  return rows;
}
