import { recordAccess } from '../access-log/record-access.ts';
import { type MeasureQuestion, measureUrl, type ServedMeasure } from '../conformance/served-measure.ts';
import type { Transaction } from '../database/client.ts';
import type { Json } from '../fhir/exact-json.ts';
import { findInstitution, findInstitutions } from '../institutions/find-institution.ts';
import { findReporter } from '../savings/savings-measure.ts';
import type { Caller } from '../security/caller.ts';
import { sumAsked } from './day.queries.ts';
import { sumBySides } from './figures.queries.ts';
import { readIndicatorFilter } from './read-indicator-filter.ts';
import { calculateIndicators } from './read-indicators.ts';
import { type Asked, POPULATIONS, RATES, recognitionReport, SIDE_STRATIFIERS, type Sides, STRATIFIERS } from './recognition-report.ts';

/** Terminology of HL7 that measures are written in. */
const HL7 = 'http://terminology.hl7.org/CodeSystem';

const inWords = (expression: string): Json => ({ language: 'text/plain', expression });

/**
 * `Measure/recognition`: the rates of recognition on the receiving side, by item-times, evaluated by the very calculation of `/v1/indicators`. One
 * group a rate, each a proportion.
 */
export const RECOGNITION_MEASURE: ServedMeasure = {
  id: 'recognition',
  definition: {
    name: 'Recognition',
    title: 'Mutual recognition of examination results 检查检验结果互认率',
    description:
      'Item-times: one item in one visit, however often it was asked for. A rate is what was recognised, by the last answer that stands, of what was brought to mind, ' +
      'of what was looked at, and of what was about to be examined though a result could be recognised.',
    scoring: { coding: [{ system: `${HL7}/measure-scoring`, code: 'proportion' }] },
    improvementNotation: { coding: [{ system: `${HL7}/measure-improvement-notation`, code: 'increase' }] },
    group: RATES.map((rate) => ({
      code: rate.code,
      description: rate.description,
      population: POPULATIONS.map(({ code, description }) => ({
        code: { coding: [{ system: `${HL7}/measure-population`, code }] },
        description: description(rate),
        criteria: inWords(description(rate)),
      })),
      stratifier: [...STRATIFIERS, ...SIDE_STRATIFIERS].map(({ name, description }) => ({
        code: { text: name },
        description,
        criteria: inWords(description),
      })),
    })),
  },
  evaluate: evaluateRecognition,
};

/** The MeasureReport of a period. Throws `parameter-invalid` for a reporter nobody knows, and what `calculateIndicators` does. */
async function evaluateRecognition(tx: Transaction, caller: Caller, question: MeasureQuestion, now: Date): Promise<Json> {
  const { period, base, canonical } = question;
  const named = question.reporter === undefined ? undefined : await findReporter(tx, question.reporter, base);
  const texts = { from: period.start, to: period.until, ...(named ? { institution: named.uscc } : {}) };
  const filter = await readIndicatorFilter(tx, caller, texts, []);
  const asked = await askedBy(tx, await sumAsked(tx, filter));
  const sides = await findSides(tx, filter);
  const strata = [];
  for (const { name } of STRATIFIERS) strata.push(await calculateIndicators(tx, caller, texts, [name]));

  const query = new URLSearchParams({ ...texts, measure: measureUrl('recognition') }).toString();
  await recordAccess(tx, caller, [{ person: 0n, action: 'E', interaction: 'evaluateMeasure', entities: [], query }], now);
  const isOwn = filter.institutions?.length === 1 && filter.institutions[0] === caller.institution;
  const reporter = named ?? (isOwn ? await findInstitution(tx, caller.institution) : undefined);
  return recognitionReport({ strata, sides, asked }, { canonical, period, reporter }, now);
}

/** What is counted by receiving institution and by source, with who they are. Two statements. */
async function findSides(tx: Transaction, filter: Parameters<typeof sumBySides>[1]): Promise<Sides> {
  const counts = await sumBySides(tx, filter);
  const numbers = counts.flatMap((it) => it.institution ?? it.source ?? []);
  return { counts, institutions: await findInstitutions(tx, [...new Set(numbers)]) };
}

/** Items asked for in all, and by what strata are of. */
async function askedBy(tx: Transaction, rows: Awaited<ReturnType<typeof sumAsked>>): Promise<Asked> {
  const institutions = await findInstitutions(tx, [...new Set(rows.map((it) => it.institution))]);
  const sums = new Map<string, number>();
  for (const { institution, month, asked } of rows) {
    for (const key of ['', institutions.get(institution)?.uscc ?? '?', month]) sums.set(key, (sums.get(key) ?? 0) + asked);
  }
  return sums;
}
