import { Type } from 'typebox';
/**
 * Schemas that describe the FHIR face for OpenAPI. They open every door and check nothing: what a resource must be is decided by rules
 * that answer with OperationOutcomes.
 */
export const Resource = Type.Object({ resourceType: Type.String() }, {
    additionalProperties: true,
    description: 'A FHIR R4 resource in JSON.',
    examples: [{ resourceType: 'Patient', name: [{ text: '张三' }] }],
});
export const Bundle = Type.Object({ resourceType: Type.Literal('Bundle'), type: Type.String() }, { additionalProperties: true, description: 'A FHIR R4 Bundle in JSON.' });
export const OperationOutcome = Type.Object({ resourceType: Type.Literal('OperationOutcome') }, { additionalProperties: true, description: 'What is wrong and where, or what was done, in the language it was asked for.' });
/** The failures that every door of the FHIR face may answer with. */
export const fhirFailures = {
    '4XX': OperationOutcome,
    '5XX': OperationOutcome,
};
export const TypeParams = Type.Object({
    type: Type.String({ description: 'Resource type, such as DiagnosticReport.', examples: ['DiagnosticReport'] }),
});
/** What part of a resource is wanted, in the address. */
export const SubsetQuery = Type.Object({
    _summary: Type.Optional(Type.String({ description: 'true, text, data or false.', examples: ['true'] })),
    _elements: Type.Optional(Type.String({ description: 'Elements at the root, parted by commas.', examples: ['code,status'] })),
});
/** The criteria of a conditional interaction, in the address. */
export const CriteriaQuery = Type.Object({
    identifier: Type.Optional(Type.String({ description: 'Any search parameters of the type.', examples: ['urn:staff|1001'] })),
});
export const InstanceParams = Type.Object({
    type: Type.String({ description: 'Resource type, such as DiagnosticReport.', examples: ['DiagnosticReport'] }),
    id: Type.String({ description: 'Logical id, as the server gave it.', examples: ['1f8a0c2b5d3e4f6071a2b3c4d5e6f708'] }),
});
