/** What an entry of a Bundle asks for: the steps of its url below the FHIR address, and its query. */
export interface RequestUrl {
  /** `['Patient']`, `['Patient', '1']`, `['Patient', '1', '_history', '2']`. */
  readonly steps: readonly string[];
  /** What follows the question mark, as it was sent; `undefined` without one. */
  readonly query: string | undefined;
}

/** Reads `entry.request.url` (R4, 3.1.0.11): relative to `base`, or absolute below it, or beginning with a stroke. */
export function readRequestUrl(url: string, base: string): RequestUrl {
  const relative = (url.startsWith(`${base}/`) ? url.slice(base.length) : url).replace(/^\/+/, '');
  const mark = relative.indexOf('?');
  const path = mark < 0 ? relative : relative.slice(0, mark);
  return { steps: path.split('/').filter(Boolean), query: mark < 0 ? undefined : relative.slice(mark + 1) };
}

/** Whether parameters are percent-encoded UTF-8. Anything else, such as GBK, would be read as other characters than were meant. */
export function isPercentEncoded(parameters: string): boolean {
  try {
    decodeURIComponent(parameters);
    return true;
  } catch {
    return false;
  }
}
