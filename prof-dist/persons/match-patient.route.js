import { Type } from 'typebox';
import { Failure } from '../failure.js';
import { parseExactJson } from '../fhir/exact-json.js';
import { Bundle, fhirFailures } from '../fhir/schemas.js';
import { structureIssues } from '../fhir/validation/structure.js';
import { requireScope } from '../security/require-scope.js';
import { MATCH_PATIENT, matchPatient } from './match-patient.js';
import { readMatchRequest } from './match-request.rules.js';
import { BODY_LIMIT_BYTES } from './read-parameters.js';
const EXAMPLE = {
    resourceType: 'Parameters',
    parameter: [
        { name: 'resource', resource: { resourceType: 'Patient', name: [{ text: '周晓岚' }], gender: 'female', birthDate: '1985-10-09' } },
        { name: 'onlyCertainMatches', valueBoolean: false },
        { name: 'count', valueInteger: 5 },
    ],
};
/** Operation `Patient/$match` (IHE PDQm, ITI-119; http://hl7.org/fhir/R4/patient-operation-match.html). */
export const matchPatientRoute = async (app, { custody, base }) => {
    app.post('/Patient/$match', {
        bodyLimit: BODY_LIMIT_BYTES,
        schema: {
            operationId: MATCH_PATIENT,
            summary: 'Find the Patients that may be the person described, with a grade each',
            description: 'Takes Parameters with one Patient (`resource`), `onlyCertainMatches` and `count`, or the Patient alone. Answers Patients of this ' +
                'institution, and those of others where number, name and birth date of an identity document agree and the patient has consented. Each ' +
                'has a score from 0 to 1 and a match-grade (certain, probable, possible), the best first; 20 unless `count` says otherwise, at most 100. At most ' +
                '400 candidates are looked at, and `total` counts the matches among them. A body is at most 64 KiB.',
            tags: ['FHIR'],
            consumes: ['application/fhir+json'],
            produces: ['application/fhir+json'],
            body: Type.Object({ resourceType: Type.String() }, { additionalProperties: true, examples: [EXAMPLE] }),
            response: { 200: Bundle, ...fhirFailures },
        },
    }, async ({ caller, body }, reply) => {
        requireScope(caller, 'system/Patient.s');
        const { request, issues } = readMatchRequest(parseExactJson(body ?? '', 'Parameters').value);
        if (!request || issues.length > 0)
            throw new Failure('malformed', issues);
        const faults = structureIssues(request.patient, request.path);
        if (faults.length > 0)
            throw new Failure('malformed', faults);
        const { matches, total } = await matchPatient(app.db, custody, caller, request, `POST Patient/$match ${body}`, new Date());
        return reply.send(shown(matches, total, base));
    });
};
/** A searchset; the resources leave as they were published. */
function shown(matches, total, base) {
    const entries = matches.map(({ id, row, grade, score }) => {
        const search = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/match-grade', valueCode: grade }], mode: 'match', score };
        return `{"fullUrl":"${base}/Patient/${id}","resource":${row.content},"search":${JSON.stringify(search)}}`;
    });
    const link = JSON.stringify([{ relation: 'self', url: `${base}/Patient/$match` }]);
    return `{"resourceType":"Bundle","type":"searchset","total":${total},"link":${link}${entries.length > 0 ? `,"entry":[${entries.join(',')}]` : ''}}`;
}
