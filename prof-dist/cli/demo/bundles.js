import { SYSTEMS } from './code-systems.js';
import { jsonText } from './json-text.js';
/** Collects the entries of one transaction; `add` gives the reference by which other entries name the new one. */
export class BundleDraft {
    entries = [];
    random;
    constructor(random) {
        this.random = random;
    }
    add(resource, ifNoneExist) {
        const fullUrl = `urn:uuid:${this.random.uuid()}`;
        const entry = { fullUrl, type: resource.resourceType, text: jsonText(resource) };
        this.entries.push(ifNoneExist === undefined ? entry : { ...entry, ifNoneExist });
        return { reference: fullUrl };
    }
    /** Who was examined; the same human being is made known to the exchange once per hospital. */
    addPatient(person, hospital) {
        return this.add(patientOf(person, hospital), `identifier=${SYSTEMS.idCard}|${person.idCard}`);
    }
    addPractitioner(clinician) {
        const practitioner = {
            resourceType: 'Practitioner',
            identifier: [{ system: clinician.system, value: clinician.value }],
            name: [{ text: clinician.name }],
        };
        return this.add(practitioner, `identifier=${clinician.system}|${clinician.value}`);
    }
    /** Where the hospital's images are; without it nobody could retrieve the originals. One a hospital. */
    addArchive(hospital) {
        const identifier = { system: `https://${hospital.key}.demo.example/endpoint`, value: 'images' };
        const archive = {
            resourceType: 'Endpoint',
            identifier: [identifier],
            status: 'active',
            connectionType: { system: SYSTEMS.endpointConnection, code: 'dicom-wado-rs' },
            payloadType: [{ text: 'DICOM' }],
            address: `https://${hospital.key}.demo.example/dicomweb`,
        };
        return this.add(archive, `identifier=${identifier.system}|${identifier.value}`);
    }
    /** The transaction in an order of its own, so that no receiver may rely on one. */
    publication(facts, system) {
        const entries = this.random.shuffle(this.entries);
        const bundle = `{"resourceType":"Bundle","type":"transaction","entry":[${entries.map(entryText).join(',')}]}`;
        return { hospital: facts.hospital, person: facts.person, identifier: { system, value: facts.number }, entries, text: bundle };
    }
}
/** The person as a hospital registers patients: ID card, its own number, name, sex, birth date. */
export function patientOf(person, hospital) {
    return {
        resourceType: 'Patient',
        identifier: [
            { use: 'official', system: SYSTEMS.idCard, value: person.idCard },
            {
                use: 'usual',
                type: { coding: [{ system: SYSTEMS.identifierType, code: 'MR' }] },
                system: `https://${hospital.key}.demo.example/patient`,
                value: `${hospital.key.slice(0, 2).toUpperCase()}${person.idCard.slice(-12)}`,
            },
        ],
        name: [{ use: 'official', text: person.name, family: person.family, given: [person.given] }],
        telecom: [{ system: 'phone', value: person.phone, use: 'mobile' }],
        gender: person.gender,
        birthDate: person.birthDate,
    };
}
/** The hospital by its credit code: a conditional reference, resolved by the exchange (R4, 3.1.0.11.3). */
export function organizationReference(hospital) {
    return { reference: `Organization?identifier=${SYSTEMS.organization}|${hospital.uscc}`, display: hospital.nameZh };
}
/** An instant with Beijing's offset, as hospital systems write it: `2026-03-01T08:30:00+08:00`. */
export function beijingTime(instant) {
    return new Date(instant.getTime() + 8 * 3_600_000).toISOString().replace(/\.\d{3}Z$/, '+08:00');
}
function entryText(entry) {
    const request = jsonText({ method: 'POST', url: entry.type, ifNoneExist: entry.ifNoneExist });
    return `{"fullUrl":${JSON.stringify(entry.fullUrl)},"resource":${entry.text},"request":${request}}`;
}
