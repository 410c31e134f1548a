import { SYSTEMS } from './code-systems.ts';
import { jsonText, type Sendable } from './json-text.ts';
import type { DemoPerson } from './people.ts';
import type { Random } from './random.ts';
import type { Clinician, DemoHospital } from './region.ts';

/** One entry of a transaction, with the text of its resource as it is sent. */
export interface SentEntry {
  /** `urn:uuid:…`, by which the other entries refer to it. */
  readonly fullUrl: string;
  readonly type: string;
  readonly text: string;
  readonly ifNoneExist?: string;
}

/** A report as a hospital system sends it: one FHIR transaction (R4, 3.1.0.11), ready to be posted. */
export interface Publication {
  readonly hospital: DemoHospital;
  readonly person: DemoPerson;
  /** The hospital's own number of the report, with its system. */
  readonly identifier: { readonly system: string; readonly value: string };
  /** In the order of the Bundle, which is no order at all. */
  readonly entries: readonly SentEntry[];
  readonly text: string;
}

/** What laboratory and imaging reports have in common. */
export interface ReportFacts {
  readonly hospital: DemoHospital;
  readonly person: DemoPerson;
  readonly number: string;
  readonly status: 'final' | 'corrected' | 'entered-in-error';
  /** When the patient was sampled or examined. */
  readonly takenAt: Date;
  readonly issuedAt: Date;
}

type Resource = { readonly resourceType: string } & { readonly [name: string]: Sendable | undefined };

/** Collects the entries of one transaction; `add` gives the reference by which other entries name the new one. */
export class BundleDraft {
  private readonly entries: SentEntry[] = [];
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  add(resource: Resource, ifNoneExist?: string): { readonly reference: string } {
    const fullUrl = `urn:uuid:${this.random.uuid()}`;
    const entry = { fullUrl, type: resource.resourceType, text: jsonText(resource) };
    this.entries.push(ifNoneExist === undefined ? entry : { ...entry, ifNoneExist });
    return { reference: fullUrl };
  }

  /** Who was examined; the same human being is made known to the exchange once per hospital. */
  addPatient(person: DemoPerson, hospital: DemoHospital): { readonly reference: string } {
    return this.add(patientOf(person, hospital), `identifier=${SYSTEMS.idCard}|${person.idCard}`);
  }

  addPractitioner(clinician: Clinician): { readonly reference: string } {
    const practitioner = {
      resourceType: 'Practitioner',
      identifier: [{ system: clinician.system, value: clinician.value }],
      name: [{ text: clinician.name }],
    };
    return this.add(practitioner, `identifier=${clinician.system}|${clinician.value}`);
  }

  /** Where the hospital's images are; without it nobody could retrieve the originals. One a hospital. */
  addArchive(hospital: DemoHospital): { readonly reference: string } {
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
  publication(facts: ReportFacts, system: string): Publication {
    const entries = this.random.shuffle(this.entries);
    const bundle = `{"resourceType":"Bundle","type":"transaction","entry":[${entries.map(entryText).join(',')}]}`;
    return { hospital: facts.hospital, person: facts.person, identifier: { system, value: facts.number }, entries, text: bundle };
  }
}

/** The person as a hospital registers patients: ID card, its own number, name, sex, birth date. */
export function patientOf(person: DemoPerson, hospital: DemoHospital): Resource {
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
export function organizationReference(hospital: DemoHospital): { readonly reference: string; readonly display: string } {
  return { reference: `Organization?identifier=${SYSTEMS.organization}|${hospital.uscc}`, display: hospital.nameZh };
}

/** An instant with Beijing's offset, as hospital systems write it: `2026-03-01T08:30:00+08:00`. */
export function beijingTime(instant: Date): string {
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().replace(/\.\d{3}Z$/, '+08:00');
}

function entryText(entry: SentEntry): string {
  const request = jsonText({ method: 'POST', url: entry.type, ifNoneExist: entry.ifNoneExist });
  return `{"fullUrl":${JSON.stringify(entry.fullUrl)},"resource":${entry.text},"request":${request}}`;
}
