import type { CatalogueItem } from '../catalogue/items/find-items.ts';
import { byRank, type Candidate, type Judged, judgeCandidate, type Situation } from './candidate.rules.ts';
import { inOrder, type ReasonCode } from './reason.rules.ts';
import { answerWith, type ItemFacts, type ItemVerdict, judgeBeforehand, judgeItem, type Shown } from './verdict.rules.ts';
import { windowOf } from './window.rules.ts';

/** A panel that is asked about: a panel of the edition, or a local code that stands for several items. Its results are those of its members. */
export interface PanelFacts<C extends Candidate> {
  readonly code: string;
  /** The panel itself; `undefined` for a local code. */
  readonly item: CatalogueItem | undefined;
  readonly members: readonly ItemFacts<C>[];
}

export interface PanelVerdict<C extends Candidate> extends ItemVerdict<C> {
  /** The verdict on each member, in their order; none where the panel itself may not be looked at. */
  readonly members: readonly ItemVerdict<C>[];
  /** Codes of the members that have nothing to recognise. */
  readonly missing: readonly string[];
}

/** Every item and panel of a check, in the order given. The one function that checks, demonstrations and measurements call. */
export function judgeItems<C extends Candidate>(
  asked: readonly (ItemFacts<C> | PanelFacts<C>)[],
  situation: Situation,
): readonly (ItemVerdict<C> | PanelVerdict<C>)[] {
  return asked.map((it) => ('members' in it ? judgePanel(it, situation) : judgeItem(it, situation)));
}

/**
 * A panel is answered by its members, from one report or from several: as few reports as possible, the one that answers most members first.
 * All members recognisable: the panel is. Some of them shown: to be read, and which ones are missing is said. None shown: nothing.
 */
export function judgePanel<C extends Candidate>(facts: PanelFacts<C>, situation: Situation): PanelVerdict<C> {
  const { code, item } = facts;
  const closed = item && judgeBeforehand({ code, item, candidates: [] }, situation);
  if (closed) return { ...closed, members: [], missing: [] };

  const members = judgeMembers(facts.members, situation);
  const missing = members.filter((it) => it.verdict !== 'recognisable').map((it) => it.code);
  const best = mainOf(members);
  const answer = {
    code,
    item,
    window: item && windowOf(item, situation.rules),
    best,
    others: members.reduce((sum, it) => sum + it.others, 0),
    members,
    missing,
  };
  if (!best) {
    const isClosed = members.every((it) => it.verdict === 'consent-required');
    const isUnknown = members.every((it) => it.verdict === 'unknown-item');
    const reasons = inOrder(new Set(members.flatMap((it) => it.reasons)));
    return { ...answer, verdict: isUnknown ? 'unknown-item' : isClosed ? 'consent-required' : 'none', reasons };
  }
  const reasons: ReasonCode[] = [];
  if (item && item.negative !== null) reasons.push('negative-list');
  if (missing.length > 0) reasons.push('panel-incomplete');
  return { ...answer, verdict: reasons.length === 0 ? 'recognisable' : 'reference-only', reasons };
}

/** A member whose results may be looked at, with those that can be shown. */
interface OpenMember<C extends Candidate> {
  readonly code: string;
  readonly item: CatalogueItem;
  readonly shown: readonly Judged<C>[];
}

function judgeMembers<C extends Candidate>(members: readonly ItemFacts<C>[], situation: Situation): readonly ItemVerdict<C>[] {
  const open = new Map(members.flatMap((it) => openMember(it, situation) ?? []).map((it) => [it.code, it]));
  const chosen = chooseReports([...open.values()]);
  return members.map((facts) => {
    const member = open.get(facts.code);
    const judged = chosen.get(facts.code);
    if (!member || !judged) return judgeItem(facts, situation);
    const { code, item, shown } = member;
    return answerWith(judged, { code, item, window: windowOf(item, situation.rules), others: shown.length - 1 + (facts.further ?? 0) });
  });
}

function openMember<C extends Candidate>(facts: ItemFacts<C>, situation: Situation): OpenMember<C> | undefined {
  const { code, item } = facts;
  if (!item || judgeBeforehand(facts, situation)) return undefined;
  const window = windowOf(item, situation.rules);
  return { code, item, shown: facts.candidates.map((it) => judgeCandidate(it, item, window, situation)).filter((it) => it.isShown) };
}

/**
 * A recognisable result for each member that has one, from as few reports as a simple choice gives: again and again the report that answers
 * most of what is still open; of those the one with the best result.
 */
function chooseReports<C extends Candidate>(members: readonly OpenMember<C>[]): ReadonlyMap<string, Judged<C>> {
  const chosen = new Map<string, Judged<C>>();
  for (;;) {
    const offers = new Map<string, Map<string, Judged<C>>>();
    for (const { code, shown } of members) {
      if (chosen.has(code)) continue;
      for (const judged of shown) {
        if (judged.reasons.length > 0) continue;
        const offer = offers.get(judged.candidate.report) ?? new Map<string, Judged<C>>();
        offers.set(judged.candidate.report, offer);
        const other = offer.get(code);
        if (!other || byRank(judged, other) < 0) offer.set(code, judged);
      }
    }
    const best = [...offers.values()].sort((a, b) => b.size - a.size || byRank(bestOf(a), bestOf(b)))[0];
    if (!best) return chosen;
    for (const [code, judged] of best) chosen.set(code, judged);
  }
}

function bestOf<C extends Candidate>(offer: ReadonlyMap<string, Judged<C>>): Judged<C> {
  return [...offer.values()].sort(byRank)[0] as Judged<C>;
}

/** The result that stands for the panel: of the report that most members are answered by. Of several the first in the order of members. */
function mainOf<C extends Candidate>(members: readonly ItemVerdict<C>[]): Shown<C> | undefined {
  const answered = new Map<string, number>();
  const weight = ({ verdict }: ItemVerdict<C>) => (verdict === 'recognisable' ? members.length + 1 : 1);
  for (const it of members) {
    if (it.best) answered.set(it.best.candidate.report, (answered.get(it.best.candidate.report) ?? 0) + weight(it));
  }
  let main: Shown<C> | undefined;
  for (const { best } of members) {
    if (best && (!main || (answered.get(best.candidate.report) ?? 0) > (answered.get(main.candidate.report) ?? 0))) main = best;
  }
  return main;
}
