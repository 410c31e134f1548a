import type { ItemAnswer } from '../recognition/check.schema.ts';
import type { ItemEntry } from '../recognition/decision.rules.ts';
import type { Preset } from './preset.ts';
import { Random } from './random.ts';

/** Whether a doctor refuses whatever is shown: the same doctor always, or never. */
export function isMechanical(seed: string, { habits }: Preset, uscc: string, department: string, doctor: number): boolean {
  return new Random(seed, 'doctor', uscc, department, doctor).chance(habits.mechanical);
}

/**
 * What a doctor answers to the items of one order, all of them alike: recognised as a rule, refused for a reason at times, or left open. What
 * was shown for reference only is answered now and then. Nothing shown: nothing to answer.
 */
export function answerFor(random: Random, preset: Preset, items: readonly ItemAnswer[], mechanical: boolean): ItemEntry[] {
  const { habits } = preset;
  const shown = items.filter((it) => it.candidate);
  const recognisable = shown.filter((it) => it.verdict === 'recognisable');
  if (mechanical) return refusals(shown, preset.mechanicalReason);
  if (recognisable.length > 0) {
    if (random.chance(habits.leavesOpen)) return [];
    if (random.chance(habits.recognises)) return recognisable.map(({ item }) => ({ item, decision: 'recognised' }));
    return refusals(recognisable, random.draw(preset.reasons));
  }
  return random.chance(habits.answersReference) ? refusals(shown, random.draw(preset.reasons)) : [];
}

function refusals(items: readonly ItemAnswer[], { reason, text }: { readonly reason: string; readonly text?: string }): ItemEntry[] {
  return items.map(({ item }) => ({
    item,
    decision: 'not-recognised',
    reason,
    ...(text === undefined ? {} : { reasonText: text }),
  }));
}
