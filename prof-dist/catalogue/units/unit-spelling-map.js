import { UNIT_SPELLINGS } from './unit-spelling.rules.js';
/** How units in words are understood here, as a ConceptMap for everybody to read: `GET /fhir/ConceptMap/unit-spelling-ucum`. */
export function unitSpellingMap() {
    return {
        resourceType: 'ConceptMap',
        id: 'unit-spelling-ucum',
        url: 'https://tongjian.example/fhir/ConceptMap/unit-spelling-ucum',
        version: '1',
        name: 'UnitSpellingToUcum',
        title: '计量单位常见写法与 UCUM 对照',
        status: 'active',
        group: [
            {
                source: 'https://tongjian.example/fhir/CodeSystem/unit-spelling',
                target: 'http://unitsofmeasure.org',
                element: Object.entries(UNIT_SPELLINGS).map(([code, ucum]) => ({ code, target: [{ code: ucum, equivalence: 'equivalent' }] })),
            },
        ],
    };
}
