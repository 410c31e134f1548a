import { Failure } from '../failure.js';
import { identifiersOf } from '../fhir/element.js';
import { telecomsOf, traitKeys } from '../resources/finding-keys.js';
import { hashIdentifier } from '../resources/hash.js';
import { encodeId } from '../resources/resource-id.js';
import { keysOfPerson } from './find-persons.js';
import { isCalendarDay } from './id-card.rules.js';
import { findCandidates } from './match.queries.js';
import { chooseMatches, gradeMatch, swapDayAndMonth } from './match.rules.js';
import { readTraits } from './match-traits.rules.js';
import { groupsOf } from './merge.rules.js';
import { disagreements, readIdentity } from './patient.rules.js';
import { findDocuments, findLinksAmong } from './person.queries.js';
/** operationId of the door, and the name in the access log. */
export const MATCH_PATIENT = 'matchPatient';
/**
 * Which Patients may be the human being described (IHE PDQm, Patient Demographics Match [ITI-119]), graded by `match.rules.ts`, the best
 * first.
 *
 * Looked for among the Patients of the caller's own institution and, where number, name and birth date of an identity document all agree,
 * among those of other institutions as far as the person's consent lets a named clinician see anything. The same statements in every case,
 * and a bounded number of candidates. A Patient that was merged into another is shown as it stands: inactive, with its link to the survivor.
 *
 * Throws `malformed` where nothing is given that anybody could be found by. Committed to the access log before it is returned, one entry for
 * each person found.
 */
export async function matchPatient(db, custody, caller, request, asked, now) {
    const { patient } = request;
    const telecoms = telecomsOf(patient);
    const wanted = readTraits(patient, telecoms);
    const keys = keysFor(patient, wanted, telecoms);
    if (keys.length === 0 && wanted.documents.length === 0)
        throw nothingToMatch(request.path);
    const { identity } = readIdentity(patient);
    const documents = await findDocuments(db, identity.documents);
    const holder = documents.find((it) => disagreements(it, identity).length === 0)?.person;
    const all = await keysOfPerson(db, holder ?? 0n);
    const persons = holder === undefined ? [] : all;
    const permission = await custody.permission(db, persons, caller, now);
    const permitted = caller.practitioner !== null && permission.basis !== 'none';
    const rows = await findCandidates(db, caller.institution, keys, persons, permitted);
    const personOf = await humanBeings(db, rows);
    const graded = rows.map((row) => {
        const content = JSON.parse(row.content);
        const match = gradeMatch(wanted, readTraits(content, telecomsOf(content)));
        return { ...match, id: encodeId(row), person: String(personOf.get(row.person)), row };
    });
    const chosen = chooseMatches(graded, request);
    await custody.record(null, caller, accessesOf(chosen.matches, asked), now);
    return chosen;
}
/** The keys of what is described, those that lead to the fewest first. A birth date is also looked for with day and month in each other's place. */
function keysFor(patient, { names, birthDate, gender }, telecoms) {
    const birthDates = birthDate?.length === 10 ? [...new Set([birthDate, swapDayAndMonth(birthDate)])].filter(isCalendarDay) : [];
    const genders = gender === undefined ? GENDERS : [gender, ''];
    const identifiers = identifiersOf(patient).map((it) => hashIdentifier('Patient', it));
    return [...identifiers, ...traitKeys({ names, birthDates, genders, telecoms })];
}
const GENDERS = ['', 'male', 'female', 'other', 'unknown'];
/** For each person key one of the keys of the same human being, the same for all of them. */
async function humanBeings(db, rows) {
    const persons = [...new Set(rows.map((it) => it.person))];
    const groups = groupsOf(persons, await findLinksAmong(db, persons));
    return new Map(groups.flatMap((group) => group.map((it) => [it, group[0]])));
}
function accessesOf(matches, asked) {
    const persons = [...new Set(matches.map((it) => it.row.person))];
    return (persons.length > 0 ? persons : [0n]).map((person) => ({
        person,
        action: 'E',
        interaction: MATCH_PATIENT,
        query: asked,
        entities: matches.filter((it) => it.row.person === person).map(({ row, id }) => `Patient/${id}/_history/${row.version}`),
    }));
}
function nothingToMatch(path) {
    return new Failure('malformed', {
        path,
        en: 'says nothing that somebody could be found by: an identifier, a name, a full birth date, a telephone number or a mail address',
        zh: '没有可供查找的信息：须至少提供标识、姓名、完整出生日期、电话或电子邮箱之一',
        kind: 'required',
    });
}
