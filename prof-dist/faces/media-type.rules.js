/** The names JSON has had in FHIR (R4, 3.1.0.1.10 and 2.6.2), the right one first. */
export const JSON_TYPES = ['application/fhir+json', 'application/json', 'application/json+fhir', 'text/json'];
/** Whether an Accept header (RFC 9110, 12.5.1) lets FHIR R4 in JSON be the answer: the most precise range that fits decides. */
export function acceptsJson(accept) {
    const ranges = (accept ?? '').split(',').flatMap((it) => (it.trim() === '' ? [] : [readMediaType(it)]));
    if (ranges.length === 0)
        return true;
    const fitting = ranges.filter((it) => isRelease4(it.parameters.get('fhirversion')));
    for (const names of [JSON_TYPES, ['application/*'], ['*/*']]) {
        const wanted = fitting.filter(({ type }) => names.includes(type));
        if (wanted.some(({ parameters }) => Number(parameters.get('q') ?? 1) > 0))
            return true;
        // A range that is refused by its own name is not let in by one that means everything.
        if (wanted.some(({ type }) => type !== 'application/json' && type !== 'text/json'))
            return false;
    }
    return false;
}
/** Whether `_format` asks for JSON: `json` or one of its names. A plus sign that was read as a space is one all the same. */
export function isJsonFormat(format) {
    const { type, parameters } = readMediaType(format.trim().replaceAll(' ', '+').replaceAll(';+', ';'));
    return (type === 'json' || JSON_TYPES.includes(type)) && isRelease4(parameters.get('fhirversion'));
}
/** What of a Content-Type is not taken here: another charset than UTF-8, another release than R4; `undefined` where it is taken. */
export function refusedParameter(contentType) {
    const { parameters } = readMediaType(contentType);
    if (!/^utf-?8$/i.test(parameters.get('charset') ?? 'utf-8'))
        return 'charset';
    return isRelease4(parameters.get('fhirversion')) ? undefined : 'fhirVersion';
}
/** The charset of a Content-Type, in small letters; `undefined` where it names none. */
export function charsetOf(contentType) {
    return readMediaType(contentType).parameters.get('charset')?.toLowerCase();
}
/** The type alone, in small letters, every name of JSON as the right one. */
export function plainType(contentType) {
    const { type } = readMediaType(contentType);
    return JSON_TYPES.includes(type) ? JSON_TYPES[0] : type;
}
function readMediaType(text) {
    const [type = '', ...parameters] = text.split(';');
    return {
        type: type.trim().toLowerCase(),
        parameters: new Map(parameters.map((it) => {
            const [name = '', value = ''] = it.split('=');
            return [name.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, '$1')];
        })),
    };
}
/** 4.0 is the release of R4; its corrections do not change what is sent (R4, 2.1.0.6.1). */
function isRelease4(version) {
    return version === undefined || /^4\.0(\.\d+)?$/.test(version);
}
