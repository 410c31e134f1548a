import type { Reader } from '../database/client.ts';
import type { Json } from '../fhir/exact-json.ts';
import { pathNumber, tokenAt } from '../fhir/search-hash.ts';
import { exactOf } from '../fhir/search-paths.ts';
import type { Permission } from '../resources/custody.ts';
import { isPreparable, permittedSql } from '../resources/permission-sql.ts';
import { textsOf } from '../resources/texts-of.ts';
import type { Bind } from '../resources/visible-sql.ts';
import type { Caller } from '../security/caller.ts';
import { PER_CODE_MAX, type Result, type ResultRow, resultOf } from './find-results.ts';

/** The newest result of a code that an institution published, and what is known of the older ones without their texts. */
export interface NewestResult {
  /** `system|code` */
  readonly code: string;
  readonly result: Result;
  readonly older: {
    readonly count: number;
    /** How many of them might say nothing, were taken back, or have no time of their own. */
    readonly doubtful: number;
    /** The last moment at which one of them can have been taken. */
    readonly lastAt: Date | null;
    /** Whether reports and measurements are among the results together: a report may then be its own measurement. */
    readonly isMixed: boolean;
  };
}

type Row = ResultRow & {
  readonly code: string;
  readonly count: number;
  readonly doubtful: number;
  readonly lastAt: Date | null;
  readonly isMixed: boolean;
};

/** Elements that are values, by the keys under which they stand in the index: quantities in ranges, codes and texts in tokens. */
const QUANTITIES = ['valueQuantity', 'component.valueQuantity'].map(pathNumber);
const WORDS = ['valueCodeableConcept', 'component.valueCodeableConcept'].map(pathNumber).concat(exactOf('valueString')).map(signed);

/** What is known of a newest result beside its text. */
const NEWEST_COLUMNS = ['code', 'count', 'doubtful', '"lastAt"', '"isMixed"', 'type', 'institution', 'report', 'report_version', 'status'];
/** Reports and measurements that were taken back, or never came about. */
const WITHDRAWN = ['entered-in-error', 'cancelled'];

/**
 * Of the results that `findResults` would find at other institutions, the newest of each code and institution with its text, and how many more
 * there are: the texts of results that are not shown need not be read. `undefined` where the permission is one that a prepared statement cannot
 * hold. One statement, whatever the number of codes; it reads the index rows of the person, and of texts only those it answers.
 */
export async function findNewestResults(
  reader: Reader,
  persons: readonly bigint[],
  codes: readonly string[],
  permission: Permission,
  caller: Pick<Caller, 'institution'>,
): Promise<readonly NewestResult[] | undefined> {
  if (!isPreparable(permission)) return undefined;
  const values: unknown[] = [];
  const bind: Bind = (it) => `$${values.push(it)}`;
  const byToken = new Map(codes.map((it) => [tokenAt(pathNumber('code'), it), it]));
  const of = `any(${bind(persons)}::bigint[])`;
  const own = bind(caller.institution);
  const wanted = `${bind([...byToken.keys()])}::bigint[]`;
  const withdrawn = `any(${bind(WITHDRAWN)}::text[])`;
  const { rows } = await reader.$client.query<Row>({
    name: 'find-newest-results',
    // What stands beside an unnested column is worked out once for each of its values, so it is worked out before.
    text: `with candidate as (
             select person, id, type, version, institution, category, report, effective_from, status, codes,
                    type = 'DiagnosticReport' or coalesce(ranges[1][1] = any(${bind(QUANTITIES)}::numeric[]), false)
                      or exists (select from unnest(tokens) as t where t >> 48 = any(${bind(WORDS)}::bigint[])) as says
               from resources r
              where person = ${of} and type in ('Observation', 'DiagnosticReport') and codes && ${wanted}
                and not deleted and report is not null and institution <> ${own}
                and category is not null and ${permittedSql({ alias: 'r' }, permission, bind)}
                and (type = 'Observation' or category <> 'laboratory') offset 0),
           result as (
             select person, id, type, version, institution, category, report, effective_from, status, says, unnest(codes) as code
               from candidate),
           ranked as (
             select result.*, row_number() over (partition by code order by effective_from desc nulls last, id desc) as rank
               from result join (select unnest(${wanted}) as wanted offset 0) w on w.wanted = code),
           -- Joined as a whole before anybody asks whether it may be shown: the planner thinks that few may, and would go through all reports once for each result.
           reported as (
             select n.code, n.person, n.id, n.type, n.version, n.institution, n.report, n.effective_from, n.status, n.says,
                    coalesce(r.category, n.category) as category, r.labels, r.institution as reporter, r.version as report_version,
                    r.status as report_status, greatest(n.effective_from, r.effective_from) as at
               from ranked n
               join (select * from resources where person = ${of} and type = 'DiagnosticReport' and not deleted offset 0) r
                 on r.person = n.person and r.id = n.report
              where n.rank <= ${PER_CODE_MAX} offset 0),
           placed as (
             select r.*, row_number() over (partition by code, institution order by effective_from desc nulls last, id desc) as place
               from reported r
              where reporter = ${own} or ${permittedSql({ alias: 'r' }, permission, bind)}),
           older as materialized (
             select code, institution, (count(*) - 1)::integer as count, max(at) filter (where place > 1) as "lastAt",
                    (count(*) filter (where place > 1 and (not says or effective_from is null or coalesce(status, '') = ${withdrawn}
                      or coalesce(report_status, '') = ${withdrawn})))::integer as doubtful,
                    count(distinct type) > 1 as "isMixed"
               from placed group by code, institution),
           newest as materialized (
             select n.code, o.count, o.doubtful, o."lastAt", o."isMixed", n.person, n.id, n.version, n.type, n.institution, n.report,
                    n.report_version, n.report_status as status
               from placed n join older o on o.code = n.code and o.institution = n.institution
              where n.place = 1)
           select n.code, n.count, n.doubtful, n."lastAt", n."isMixed", n.person, n.id, n.type, n.institution, n.content as text, n.report,
                  n.report_version as "reportVersion", n.status,
                  case when n.id <> n.report and row_number() over (partition by n.person, n.report order by n.id, n.code) = 1
                       then (select content from version_texts where person = n.person and id = n.report and version = n.report_version) end
                    as "reportText"
             from (${textsOf('newest', NEWEST_COLUMNS)}) n
            order by n.id, n.code`,
    values,
  });
  const reports = new Map<string, Json>();
  return rows.map(({ code, count, doubtful, lastAt, isMixed, ...row }) => ({
    code: byToken.get(code) as string,
    result: resultOf(row, reports),
    older: { count, doubtful, lastAt, isMixed },
  }));
}

/** The number of a path as the high bits of a signed token give it. */
function signed(path: number): number {
  return path < 2 ** 15 ? path : path - 2 ** 16;
}
