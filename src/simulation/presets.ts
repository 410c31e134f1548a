import { CHONGQING_2024 } from './chongqing-2024.preset.ts';
import type { Preset } from './preset.ts';
import { TOWNSHIP } from './township.preset.ts';

/** Every region that can be simulated, by its name. */
export const PRESETS: ReadonlyMap<string, Preset> = new Map([CHONGQING_2024, TOWNSHIP].map((it) => [it.name, it]));
