/** One unescaped system with nothing behind its bar. */
const DOMAIN = /^((?:\\.|[^\\|])+)\|$/;
/**
 * The identifier systems that a search on Patients asks for as such, by `identifier=<system>|` (IHE PDQm, ITI-78, 2:3.78.4.1.2.3): it finds
 * who has an identifier of one of them, and is shown the identifiers of these systems alone. Empty where none is asked for.
 */
export function wantedDomains({ type, used }) {
    if (type !== 'Patient')
        return [];
    const lists = used
        .filter(([name]) => name === 'identifier')
        .map(([, value]) => value.split(/(?<!\\),/).map((it) => DOMAIN.exec(it)?.[1]));
    // A list with a value in it looks for somebody; it does not choose among systems.
    const domains = lists.filter((list) => list.every((it) => it !== undefined)).flat();
    return [...new Set(domains.map((it) => (it ?? '').replace(/\\([,|$\\])/g, '$1')))];
}
