/** Units of pressure that UCUM writes in square brackets: they measure what other units of pressure do. */
const PHYSICAL = /(m\[Hg\]|m\[H2O\])/g;
/** Annotations that only say what was counted; any other says what was measured. */
const COUNTED = ['cell', 'cells', 'count', 'RBC', 'WBC', '#'];
/** Amounts of substance: neither masses nor mere numbers, whatever cancels out in mmol/mol. */
const SUBSTANCE = /mol|osm|eq/g;
/** Stands for an arbitrary unit in a conversion: a base unit that no laboratory uses. */
const STAND_IN = 'cd';
/**
 * Whether what two UCUM units measure may be of one kind, beyond their dimensions: `undefined` where it is not. UCUM finds more units equal
 * than medicine does, since its ratios, counts and annotations have no dimension at all.
 *
 * - Annotations must be the same, but for those that say what was counted: `{INR}` is no percentage, `{FEU}` not `{DDU}`.
 * - What stands in square brackets (international units, fields of view, pH) is comparable with itself alone; prefixes and what it is
 *   divided by are converted.
 * - Amount of substance (moles, osmoles, equivalents) stands on both sides or on neither: HbA1c in mmol/mol (IFCC) is not a tenth of a percentage (NGSP), and no mass is
 *   converted by a molar mass that nobody named.
 */
export function commensurable(from, to) {
    if (annotationsOf(from) !== annotationsOf(to))
        return undefined;
    const [source, target] = [withoutAnnotations(from), withoutAnnotations(to)];
    if (source === '' || target === '')
        return undefined;
    if (substancesOf(source) !== substancesOf(target))
        return undefined;
    const brackets = bracketsOf(source);
    if (brackets.length > 1 || brackets.join() !== bracketsOf(target).join())
        return undefined;
    return { from: withStandIn(source), to: withStandIn(target) };
}
function substancesOf(unit) {
    return [...new Set(unit.match(SUBSTANCE))].sort().join(' ');
}
function annotationsOf(unit) {
    return [...unit.matchAll(/\{([^{}]*)\}/g)]
        .map(([, text = '']) => text)
        .filter((it) => !COUNTED.includes(it))
        .sort()
        .join(' ');
}
/** An annotation that stands alone behind a slash or in front of one is a 1 there. */
function withoutAnnotations(unit) {
    return unit
        .replace(/(^|[/.])\{[^{}]*\}(?=$|[/.])/g, (_, before) => (before === '/' ? '/1' : `${before}1`))
        .replace(/\{[^{}]*\}/g, '')
        .replace(/^1$/, unit === '1' ? '1' : '');
}
function bracketsOf(unit) {
    return [...new Set([...unit.replace(PHYSICAL, '').matchAll(/\[[^\]]*\]/g)].map(([it]) => it))];
}
function withStandIn(unit) {
    return unit
        .split(PHYSICAL)
        .map((part, index) => (index % 2 === 1 ? part : part.replace(/\[[^\]]*\]/g, STAND_IN)))
        .join('');
}
