/** Canonical address of the definition of an operation: the same in every installation. */
export const operationUrl = ({ id }) => `https://tongjian.example/fhir/OperationDefinition/${id}`;
/** The OperationDefinition resource of an operation (https://hl7.org/fhir/R4/operationdefinition.html). */
export function operationDefinition(operation, date) {
    const { id, code, title, description, resource, onSystem, onType, onInstance, parameters, answers } = operation;
    return {
        resourceType: 'OperationDefinition',
        id,
        url: operationUrl(operation),
        name: id.replaceAll(/(?:^|-)([a-z])/gi, (_whole, letter) => letter.toUpperCase()),
        title,
        status: 'active',
        kind: 'operation',
        date,
        description,
        affectsState: operation.affectsState ?? false,
        code,
        ...(operation.base ? { base: operation.base } : {}),
        ...(resource.length > 0 ? { resource } : {}),
        system: onSystem ?? false,
        type: onType,
        instance: onInstance,
        parameter: [
            ...parameters.map((it) => ({
                name: it.name,
                use: 'in',
                min: it.min ?? 0,
                max: it.max ?? '1',
                documentation: it.documentation,
                type: it.type,
            })),
            ...answers.map(answered),
        ],
    };
}
function answered({ name, type, min, max, documentation, part }) {
    return {
        name,
        use: 'out',
        min: min ?? 0,
        max: max ?? '1',
        documentation,
        ...(type === undefined ? {} : { type }),
        ...(part === undefined ? {} : { part: part.map(answered) }),
    };
}
