import type { Issue } from '../../failure.ts';
import type { CertificateRow } from './certificate.rules.ts';

/** A certificate that is stored already. */
export interface FormerCertificate extends CertificateRow {
  readonly id: string;
  /** The first day on which it does not hold any more; `null`: it was not withdrawn. */
  readonly withdrawal: { readonly from: string } | null;
}

/** A certificate of a list with the place of its row. */
export interface PlacedRow {
  readonly row: CertificateRow;
  readonly place: string;
}

/** What a list comes to: for each row the stored certificate it repeats, if any; or what is wrong. */
export type Comparison = { readonly repeated: readonly (FormerCertificate | undefined)[] } | { readonly faults: readonly Issue[] };

/**
 * Compares a list with itself and with what is stored. A row that says the same as a stored certificate repeats it, also where that was
 * withdrawn since. Any other row may share no day with another of the same institution, item, scheme and scope: two scores of one
 * assessment for one day cannot both be true. The days of a withdrawn certificate from its withdrawal on are free again.
 */
export function compareCertificates(list: readonly PlacedRow[], stored: readonly FormerCertificate[]): Comparison {
  const storedBySeries = bySeries(stored);
  const listed = new Map<string, PlacedRow[]>();
  const faults: Issue[] = [];
  const repeated = list.map((it) => {
    const series = seriesOf(it.row);
    const earlier = listed.get(series) ?? [];
    const former = storedBySeries.get(series) ?? [];
    const same = former.find((one) => isSame(one, it.row));
    const twin = earlier.find(({ row }) => overlap(row, it.row, undefined));
    const clash = same ? undefined : former.find((one) => overlap(one, it.row, one.withdrawal?.from));
    if (twin) faults.push(overlapping(it, twin.place, twin.row));
    else if (clash) faults.push(overlapping(it, clash.id, clash));
    if (earlier.push(it) === 1) listed.set(series, earlier);
    return same;
  });
  return faults.length > 0 ? { faults } : { repeated };
}

function bySeries<Row extends CertificateRow>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const it of rows) {
    const group = groups.get(seriesOf(it)) ?? [];
    if (group.push(it) === 1) groups.set(seriesOf(it), group);
  }
  return groups;
}

/** What may hold only once a day. */
function seriesOf({ institution, item, scheme, scope }: CertificateRow): string {
  return JSON.stringify([institution, item, scheme, scope.kind, scope.code]);
}

function isSame(one: CertificateRow, other: CertificateRow): boolean {
  return one.validFrom === other.validFrom && one.validUntil === other.validUntil && one.score === other.score && one.mark === other.mark;
}

/** Whether two share a day before the first is withdrawn. */
function overlap(one: CertificateRow, other: CertificateRow, withdrawnFrom: string | undefined): boolean {
  const first = one.validFrom > other.validFrom ? one.validFrom : other.validFrom;
  return first <= one.validUntil && first <= other.validUntil && (withdrawnFrom === undefined || first < withdrawnFrom);
}

function overlapping({ place }: PlacedRow, other: string, { validFrom, validUntil }: CertificateRow): Issue {
  return {
    path: place,
    en: `overlaps ${other} (${validFrom} to ${validUntil}) of the same institution, item, scheme and scope; withdraw that one first if it is wrong`,
    zh: `与同一机构、项目、质评计划和范围的 ${other}（${validFrom} 至 ${validUntil}）时间重叠；如原证书有误，请先将其撤销`,
  };
}
