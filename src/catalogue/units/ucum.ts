import { createRequire } from 'node:module';
import { LRUCache } from 'lru-cache';
import { commensurable } from './commensurable.rules.ts';
import { type Factor, factorOf } from './decimal.rules.ts';

/** What of the library is used here. */
interface UcumLibrary {
  getSpecifiedUnit(text: string, task: 'validate', suggest: false): { readonly unit: UcumUnit | null; readonly status: string };
  convertUnitTo(from: string, value: number, to: string): { readonly status: string; readonly toVal: number | null };
}

interface UcumUnit {
  /** The function of a unit that is not proportional to others, such as a temperature or a logarithm. */
  readonly cnv_: string | null;
}

const require = createRequire(import.meta.url);

let library: UcumLibrary | undefined;

/** Loaded with its table of units (30 ms, 13 MB) when the first two units that differ are compared. */
function ucum(): UcumLibrary {
  library ??= (require('@lhncbc/ucum-lhc') as { readonly UcumLhcUtils: { getInstance(): UcumLibrary } }).UcumLhcUtils.getInstance();
  return library;
}

/** Units are what hospitals write; a result may carry any text. */
const KEPT_MAX = 2_000;

const valid = new LRUCache<string, { readonly unit: UcumUnit | null }>({ max: KEPT_MAX });
const factors = new LRUCache<string, { readonly factor: Factor | null }>({ max: KEPT_MAX });

/** Longer than any unit; the library would try to understand the words of a whole sentence. */
const UNIT_MAX = 60;

/** Whether a text is a unit in UCUM's case-sensitive writing, exactly as it stands. */
export function isUcum(text: string): boolean {
  return unitOf(text) !== null;
}

function unitOf(text: string): UcumUnit | null {
  const known = valid.get(text);
  if (known) return known.unit;
  const { unit, status } = isWritten(text) ? ucum().getSpecifiedUnit(text, 'validate', false) : { unit: null, status: 'invalid' };
  // The library also answers with what it believes was meant, by names among them.
  const found = status === 'valid' ? unit : null;
  valid.set(text, { unit: found });
  return found;
}

/** UCUM is written in ASCII without spaces (The Unified Code for Units of Measure, §2). */
function isWritten(text: string): boolean {
  return text.length <= UNIT_MAX && /^[\x21-\x7e]+$/.test(text);
}

/** By what a value in one unit is to be multiplied to be one in the other; `null` where they do not measure the same, or not in proportion. */
export function conversionFactor(from: string, to: string): Factor | null {
  const key = `${from} ${to}`;
  const known = factors.get(key);
  if (known) return known.factor;
  const factor = calculate(from, to);
  factors.set(key, { factor });
  return factor;
}

function calculate(from: string, to: string): Factor | null {
  const pair = commensurable(from, to);
  if (!pair || !isProportional(pair.from) || !isProportional(pair.to)) return null;
  const { status, toVal } = ucum().convertUnitTo(pair.from, 1, pair.to);
  return status === 'succeeded' && toVal !== null && toVal > 0 ? factorOf(toVal) : null;
}

function isProportional(text: string): boolean {
  return unitOf(text)?.cnv_ === null;
}
