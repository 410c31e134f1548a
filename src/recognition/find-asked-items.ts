import type { Reader } from '../database/client.ts';
import type { Practitioner } from '../security/caller.ts';

/** The answer of a clinician to an item of a check that has not been taken back. */
export interface StandingAnswer {
  readonly id: bigint;
  readonly isRecognised: boolean;
  /** Whether it is a refusal to recognise, by the region's list of reasons. */
  readonly countsAsDenial: boolean;
  /** List and code, `national-2022:6`; `null` of a recognition. */
  readonly reason: string | null;
  readonly practitioner: Practitioner;
  readonly decidedAt: Date;
}

/** An item that a check answered, and what was answered to it. */
export interface AskedItem {
  readonly person: bigint;
  readonly check: bigint;
  readonly encounter: string | null;
  readonly isAtOrderEntry: boolean;
  readonly department: string | null;
  readonly practitioner: Practitioner;
  readonly checkedAt: Date;
  readonly item: string;
  readonly isRecognisable: boolean;
  /** Whose result was shown; `null` where none was. */
  readonly source: number | null;
  readonly answer: StandingAnswer | null;
}

type Row = Omit<AskedItem, 'person' | 'check' | 'answer'> & {
  readonly person: string;
  readonly check: string;
  readonly decision: string | null;
  readonly isRecognised: boolean;
  readonly countsAsDenial: boolean;
  readonly reason: string | null;
  readonly decidedBy: Practitioner;
  readonly decidedAt: Date;
};

/**
 * Every item that the institution's checks of a period answered, but unknown ones, in the order in which they were asked; in one statement.
 * A panel is one item. Served by `recognition_checks_by_institution`; the answer of a check is read once, whatever its items.
 */
export async function findAskedItems(reader: Reader, institution: number, from: Date, until: Date): Promise<readonly AskedItem[]> {
  const { rows } = await reader.$client.query<Row>({
    name: 'find-asked-items',
    text: `select c.person::text, c.id::text as "check", c.encounter, c.trigger = 'order-entry' as "isAtOrderEntry", c.department, c.practitioner,
                  c.checked_at as "checkedAt", i.item, i.verdict = 'recognisable' as "isRecognisable",
                  case when i.is_shown then (a.sources ->> i.item)::integer end as source,
                  d.id::text as decision, d.decision = 'recognised' as "isRecognised", d.counts_as_denial as "countsAsDenial",
                  d.reason_list || ':' || d.reason as reason, d.practitioner as "decidedBy", d.decided_at as "decidedAt"
             from recognition_checks c
            cross join lateral (select c.answer -> 'items' as items, c.answer #> '{basis,sources}' as sources offset 0) a
            cross join lateral (
              select it ->> 'item' as item, it ->> 'verdict' as verdict, it ? 'candidate' as is_shown from jsonb_array_elements(a.items) as it) i
             left join recognition_decisions d on d.person = c.person and d."check" = c.id and d.item = i.item and not exists (
              select from decision_revocations r where r.person = d.person and r.decision = d.id)
            where c.institution = $1 and c.checked_at >= $2 and c.checked_at < $3 and i.verdict <> 'unknown-item'
            order by c.checked_at, c.id, i.item collate "C"`,
    values: [institution, from, until],
  });
  return rows.map(askedItem);
}

function askedItem(row: Row): AskedItem {
  const { decision, isRecognised, countsAsDenial, reason, decidedBy, decidedAt, person, check, ...asked } = row;
  const answer = { isRecognised, countsAsDenial, reason, practitioner: decidedBy, decidedAt };
  return {
    ...asked,
    person: BigInt(person),
    check: BigInt(check),
    answer: decision === null ? null : { id: BigInt(decision), ...answer },
  };
}
