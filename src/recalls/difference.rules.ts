import { codingsOf, objectOf, textOf } from '../fhir/element.ts';
import { type ExactDocument, parseExactJson } from '../fhir/exact-json.ts';
import type { ReportPart } from '../reports/report-part.ts';
import { CLINICAL_ELEMENTS, elementText, sourceOf } from './clinical-elements.rules.ts';

/** How one element was changed, in words of the source; absent where it said nothing. */
export interface ElementChange {
  readonly element: string;
  readonly zh: string;
  readonly en: string;
  readonly old?: string;
  readonly new?: string;
}

/** What became of one result, of the report itself, or of a study. */
export interface ResultChange {
  /** `Observation/…`, without version. */
  readonly reference: string;
  /** The versions before and after; 0 where there is none. */
  readonly from: number;
  readonly to: number;
  /** `withdrawn`: entered in error, cancelled or deleted; `added`: it was not there before, or was withdrawn. */
  readonly change: 'changed' | 'withdrawn' | 'added';
  readonly name: { readonly system?: string; readonly code?: string; readonly text?: string };
  readonly elements: readonly ElementChange[];
}

/** A result with these does not stand (R4: DiagnosticReport.status, Observation.status, ImagingStudy.status). */
const WITHDRAWN = ['entered-in-error', 'cancelled'];

/**
 * What clinicians who relied on the version before have to know: each result that was changed, withdrawn or added; empty where nothing
 * clinical was. Which elements count stands in `CLINICAL_ELEMENTS`; a deletion is a withdrawal, and of what did not stand before nothing more
 * is withdrawn. A report that had no version before is new, and recalls nothing. The report itself comes first.
 */
export function differenceOf(report: string, parts: readonly ReportPart[]): readonly ResultChange[] {
  const own = parts.find((it) => it.reference === report);
  if (own?.change?.former === 0) return [];
  const [reports, results] = [parts.filter((it) => it === own), parts.filter((it) => it !== own)];
  return [...reports, ...results].flatMap((it) => changeOf(it) ?? []);
}

function changeOf({ reference, change }: ReportPart): ResultChange | undefined {
  if (!change) return undefined;
  const [before, after] = [standing(change.formerText), standing(change.text)];
  const named = before ?? after;
  if (!named) return undefined;
  const elements = (CLINICAL_ELEMENTS[reference.replace(/\/.*/, '')] ?? []).flatMap((element) => {
    const [old, next] = [before, after].map((it) => it && JSON.stringify(element.meaning(it.value)));
    if (old === next) return [];
    let [oldText, newText] = [before, after].map((it) => it && elementText(element, it));
    // Where the words are the same, the source says in what they differ.
    if (before && after && oldText === newText) [oldText, newText] = [sourceOf(element, before), sourceOf(element, after)];
    return [
      {
        element: element.name,
        zh: element.zh,
        en: element.en,
        ...(oldText === undefined ? {} : { old: oldText }),
        ...(newText === undefined ? {} : { new: newText }),
      },
    ];
  });
  if (before && after && elements.length === 0) return undefined;
  return {
    reference,
    from: change.former,
    to: change.version,
    change: !after ? 'withdrawn' : before ? 'changed' : 'added',
    name: nameOf(named),
    elements,
  };
}

/** A version that stands; `undefined` for a deletion, for what was withdrawn, and where there is none. */
function standing(text: string | null): ExactDocument | undefined {
  if (text === null) return undefined;
  const document = parseExactJson(text);
  return WITHDRAWN.includes(String(document.value['status'])) ? undefined : document;
}

function nameOf({ value }: ExactDocument): ResultChange['name'] {
  const code = objectOf(value['code']);
  const [coding] = codingsOf(code);
  const text = (code && textOf(code['text'])) ?? (coding && textOf(coding['display'])) ?? textOf(value['description']);
  const system = coding && textOf(coding['system']);
  const of = coding && textOf(coding['code']);
  return {
    ...(system === undefined ? {} : { system }),
    ...(of === undefined ? {} : { code: of }),
    ...(text === undefined ? {} : { text }),
  };
}
