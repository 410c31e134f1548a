/** Hours for a recall where the rules name none. */
export const RECALL_HOURS = 72;
/** How a version of the rules is named for ever: `chongqing.2`. */
export function versionName(code, version) {
    return `${code}.${version}`;
}
