import { listAt, textAt } from './answer.js';
import { systemOf } from './build-region.js';
import { SYSTEMS } from './code-systems.js';
/** The identity document as the flat routes take it. */
export function identityOf(person) {
    return { identifier: { system: SYSTEMS.idCard, value: person.idCard } };
}
/** A clinician of a hospital at work: every request names the hospital's system and the doctor. */
export class Desk {
    hospital;
    system;
    scene;
    constructor(scene, hospital) {
        this.scene = scene;
        this.hospital = hospital;
        this.system = systemOf(scene.region, hospital);
    }
    /** Asks whether the items have a recognisable prior result. */
    async check(person, encounter, items) {
        const body = { patient: identityOf(person), encounter, setting: 'outpatient', trigger: 'order-entry', items };
        const answer = await this.system.send('POST', '/v1/recognition-checks', { acting: this.acting, body });
        this.trace(`check for ${person.name}`, 'checkRecognition', person, 'success');
        return answer.expectOk('The check');
    }
    /** The clinician's look-up of prior results; a refusal is a possible answer. */
    async lookUp(patient, person, expected) {
        const acting = this.acting;
        const answer = await this.system.fhir((client, options) => client.operation({ name: '$prior-results', resourceType: 'Patient', id: patient, method: 'GET', input: { _count: 50 }, options }), acting);
        this.trace(`look-up of ${person.name}`, 'priorResults', person, expected);
        return answer;
    }
    /** Reads one resource as text, to the letter. */
    async read(reference) {
        return this.system.send('GET', `/fhir/${reference}`, { acting: this.acting, headers: { accept: 'application/fhir+json' } });
    }
    /** Notes what the access log must have of a step that was just taken. */
    trace(what, interaction, person, outcome) {
        this.scene.traces.push({ what, interaction, institution: this.hospital, clinician: this.hospital.doctor, person, outcome });
    }
    get acting() {
        return { clinician: this.hospital.doctor };
    }
}
/** The answers of a check by item. */
export function itemsOf(check) {
    return new Map(listAt(check.body, 'items').map((it) => [textAt(it, 'item'), it]));
}
/** The verdicts of a check, as `item verdict`. */
export function verdictsOf(check) {
    return listAt(check.body, 'items').map((it) => `${textAt(it, 'item')} ${textAt(it, 'verdict')}`);
}
