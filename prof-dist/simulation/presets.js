import { CHONGQING_2024 } from './chongqing-2024.preset.js';
import { TOWNSHIP } from './township.preset.js';
/** Every region that can be simulated, by its name. */
export const PRESETS = new Map([CHONGQING_2024, TOWNSHIP].map((it) => [it.name, it]));
