import type { CatalogueItem } from '../catalogue/items/find-items.ts';
import { NATIONAL_2022 } from '../catalogue/rules/find-rule-set.ts';
import type { RuleSet } from '../catalogue/rules/rule-set.ts';
import type { Candidate, Situation } from './candidate.rules.ts';
import { LEUKOCYTES, RESULT, situationOf } from './decision-examples.ts';
import { judgeItems } from './panel.rules.ts';
import type { ReasonCode } from './reason.rules.ts';
import type { Verdict } from './verdict.rules.ts';

/** A rule of recognition as a sentence, with the example that shows it. */
export interface DecisionRow {
  readonly zh: string;
  readonly en: string;
  /** Article, notice or regional rule it comes from. */
  readonly source: string;
  readonly verdict: Verdict;
  readonly reasons: readonly ReasonCode[];
  readonly example: Example;
}

/** How the example differs from a result that breaks no rule. */
interface Example {
  readonly item?: CatalogueItem | undefined;
  readonly results?: readonly Partial<Candidate>[];
  /** Of a panel: the results of each member. */
  readonly members?: readonly { readonly item: CatalogueItem; readonly results: readonly Partial<Candidate>[] }[];
  readonly rules?: Partial<RuleSet>;
  readonly when?: Partial<Situation>;
}

export interface DecisionChapter {
  readonly zh: string;
  readonly en: string;
  readonly rows: readonly DecisionRow[];
}

/** A row of the page. */
export function row(
  [zh, en]: readonly [string, string],
  source: string,
  verdict: Verdict,
  reasons: readonly ReasonCode[],
  example: Example = {},
): DecisionRow {
  return { zh, en, source, verdict, reasons, example };
}

/** What the verdict function says of the row's example. */
export function judgeRow({ example }: DecisionRow): { readonly verdict: Verdict; readonly reasons: readonly ReasonCode[] } {
  const item = 'item' in example ? example.item : LEUKOCYTES;
  const code = item?.code ?? 'UNKNOWN';
  const read = (results: readonly Partial<Candidate>[] = [{}]) => results.map((it): Candidate => ({ ...RESULT, ...it }));
  const members = example.members?.map((it) => ({ code: it.item.code, item: it.item, candidates: read(it.results) }));
  const facts = members ? { code, item, members } : { code, item, candidates: read(example.results) };
  const [judged] = judgeItems([facts], situationOf({ ...NATIONAL_2022, ...example.rules }, example.when));
  return { verdict: judged?.verdict ?? 'none', reasons: judged?.reasons ?? [] };
}
