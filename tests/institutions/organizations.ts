import type { Json } from '../../src/fhir/exact-json.ts';

export const TYPE_SYSTEM = 'http://fhir.cq.hc/CodeSystem/identifierType-code-system';
export const LEVEL = 'http://fhir.cq.hc/StructureDefinition/hc-mdm-hospitallevel';
export const DIVISION = 'http://fhir.cq.hc/StructureDefinition/hc-mdm-administrativedivision';

/** An Organization as the Chongqing guide has it; a hospital without level in Yubei unless said otherwise. */
export function organization(about: { uscc: string; name?: string; district?: string; grade?: string; id?: string }): Json {
  const { uscc, name = '测试医院', district = '500112', grade, id } = about;
  return {
    resourceType: 'Organization',
    ...(id ? { id } : {}),
    identifier: [{ use: 'official', type: { coding: [{ system: TYPE_SYSTEM, code: 'USCC' }] }, value: uscc }],
    active: true,
    name,
    extension: [
      { url: DIVISION, valueCoding: { code: district } },
      ...(grade === undefined ? [] : [{ url: LEVEL, valueCoding: { code: grade } }]),
    ],
  };
}
