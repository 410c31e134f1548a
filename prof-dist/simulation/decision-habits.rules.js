import { Random } from './random.js';
/** Whether a doctor refuses whatever is shown: the same doctor always, or never. */
export function isMechanical(seed, { habits }, uscc, department, doctor) {
    return new Random(seed, 'doctor', uscc, department, doctor).chance(habits.mechanical);
}
/**
 * What a doctor answers to the items of one order, all of them alike: recognised as a rule, refused for a reason at times, or left open. What
 * was shown for reference only is answered now and then. Nothing shown: nothing to answer.
 */
export function answerFor(random, preset, items, mechanical) {
    const { habits } = preset;
    const shown = items.filter((it) => it.candidate);
    const recognisable = shown.filter((it) => it.verdict === 'recognisable');
    if (mechanical)
        return refusals(shown, preset.mechanicalReason);
    if (recognisable.length > 0) {
        if (random.chance(habits.leavesOpen))
            return [];
        if (random.chance(habits.recognises))
            return recognisable.map(({ item }) => ({ item, decision: 'recognised' }));
        return refusals(recognisable, random.draw(preset.reasons));
    }
    return random.chance(habits.answersReference) ? refusals(shown, random.draw(preset.reasons)) : [];
}
function refusals(items, { reason, text }) {
    return items.map(({ item }) => ({
        item,
        decision: 'not-recognised',
        reason,
        ...(text === undefined ? {} : { reasonText: text }),
    }));
}
