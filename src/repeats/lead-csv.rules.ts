import { csvLine } from '../faces/csv-cells.rules.ts';
import type { LeadShown } from './lead.schema.ts';

const COLUMNS: readonly (readonly [name: string, value: (lead: LeadShown) => string | null | undefined])[] = [
  ['id', (it) => it.id],
  ['state', (it) => it.state],
  ['outcome', (it) => it.outcome],
  ['institutionUscc', (it) => it.institution.uscc],
  ['institutionName', (it) => it.institution.name],
  ['item', (it) => it.item],
  ['report', (it) => it.report],
  ['performedAt', (it) => it.performedAt],
  ['doctorSystem', (it) => it.doctor?.system],
  ['doctorValue', (it) => it.doctor?.value],
  ['doctorName', (it) => it.doctor?.name],
  ['openedAt', (it) => it.openedAt],
  ['changedAt', (it) => it.changedAt],
  ['reviewerSystem', (it) => it.reviewer?.system],
  ['reviewerValue', (it) => it.reviewer?.value],
  ['reviewerName', (it) => it.reviewer?.name],
];

/** The columns of the leads as CSV. */
export const LEAD_COLUMNS: readonly string[] = COLUMNS.map(([name]) => name);

/** A lead as a line of CSV. */
export function leadLine(lead: LeadShown): string {
  return csvLine(COLUMNS.map(([, value]) => value(lead) ?? ''));
}
