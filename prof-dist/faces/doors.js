import { RESOURCE_TYPES } from '../fhir/resource-types.js';
/** Has the server remember its doors as they are made. Before any of them. */
export function keepDoors(app) {
    app.decorate('doors', []);
    app.addHook('onRoute', ({ method, url }) => {
        for (const it of [method].flat())
            app.doors.push({ method: it, steps: stepsOf(url) });
    });
}
/**
 * The methods that some door answers at an address, for `Allow` (RFC 9110, 10.2.1); none where nothing is. What begins with `$` or `_` is
 * the name of something and no id, and a type is one that R4 has.
 */
export function methodsAt(doors, address) {
    const steps = stepsOf(address.split('?')[0] ?? '');
    const fitting = doors.filter((door) => door.steps.length === steps.length && door.steps.every((it, index) => fits(it, steps[index] ?? '')));
    return [...new Set(fitting.map((it) => it.method))].toSorted();
}
function fits(pattern, step) {
    if (pattern === ':type')
        return RESOURCE_TYPES.has(step);
    return pattern.startsWith(':') ? !/^[$_]/.test(step) : pattern === step;
}
const stepsOf = (path) => path.split('/').filter(Boolean);
