/** Reads `entry.request.url` (R4, 3.1.0.11): relative to `base`, or absolute below it, or beginning with a stroke. */
export function readRequestUrl(url, base) {
    const relative = (url.startsWith(`${base}/`) ? url.slice(base.length) : url).replace(/^\/+/, '');
    const mark = relative.indexOf('?');
    const path = mark < 0 ? relative : relative.slice(0, mark);
    return { steps: path.split('/').filter(Boolean), query: mark < 0 ? undefined : relative.slice(mark + 1) };
}
/** Whether parameters are percent-encoded UTF-8. Anything else, such as GBK, would be read as other characters than were meant. */
export function isPercentEncoded(parameters) {
    try {
        decodeURIComponent(parameters);
        return true;
    }
    catch {
        return false;
    }
}
