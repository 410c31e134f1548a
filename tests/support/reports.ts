import { randomUUID } from 'node:crypto';
import { birthDateOf, freshIdCard } from './people.ts';

/** A person as a hospital knows one: valid number, name and birth date. */
export interface Person {
  readonly idCard: string;
  readonly name: string;
  readonly birthDate: string;
  readonly gender: 'male' | 'female';
}

export const ID_CARD = 'urn:oid:2.16.156.10011.1.3';
export const REPORT_NUMBER = 'urn:oid:2.16.156.10011.1.33';

/** Somebody no other test has met. */
export function somebody(about: Partial<Person> = {}): Person {
  const idCard = about.idCard ?? freshIdCard();
  return { idCard, name: '周晓岚', birthDate: birthDateOf(idCard), gender: Number(idCard[16]) % 2 === 1 ? 'male' : 'female', ...about };
}

export function patientOf(person: Person, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    resourceType: 'Patient',
    identifier: [{ system: ID_CARD, value: person.idCard }],
    name: [{ text: person.name }],
    gender: person.gender,
    birthDate: person.birthDate,
    ...more,
  };
}

/** One analyte of a blood count; `value` is JSON text, so that its digits survive. */
export interface Analyte {
  readonly loinc: string;
  readonly value: string;
  readonly unit: string;
}

export const WBC: Analyte = { loinc: '6690-2', value: '6.10', unit: '10*9/L' };
export const HGB: Analyte = { loinc: '718-7', value: '138', unit: 'g/L' };

export interface ReportWish {
  readonly person: Person;
  readonly number: string;
  readonly analytes?: readonly Analyte[];
  readonly status?: string;
  /** When the blood was taken; an hour ago unless said otherwise. */
  readonly at?: Date;
  readonly report?: Record<string, unknown>;
  readonly patient?: Record<string, unknown>;
}

/** A transaction that publishes a blood count, as JSON text with the digits of its values. */
export function bloodCount(wish: ReportWish): string {
  const { person, number, analytes = [WBC, HGB], status = 'final', at = new Date(Date.now() - 3_600_000) } = wish;
  const patient = `urn:uuid:${randomUUID()}`;
  const effective = beijing(at);
  const results = analytes.map((analyte) => ({ analyte, fullUrl: `urn:uuid:${randomUUID()}` }));
  const observation = ({ loinc, unit }: Analyte) => ({
    resourceType: 'Observation',
    status: status === 'corrected' ? 'corrected' : 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: loinc }] },
    subject: { reference: patient },
    effectiveDateTime: effective,
    valueQuantity: { value: '@value@', unit, system: 'http://unitsofmeasure.org', code: unit },
  });
  const entries = [
    {
      fullUrl: `urn:uuid:${randomUUID()}`,
      resource: {
        resourceType: 'DiagnosticReport',
        identifier: [{ system: REPORT_NUMBER, value: number }],
        status,
        category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'LAB' }] }],
        code: { coding: [{ system: 'http://loinc.org', code: '58410-2' }], text: '血常规' },
        subject: { reference: patient },
        effectiveDateTime: effective,
        issued: beijing(new Date(at.getTime() + 600_000)),
        result: results.map((it) => ({ reference: it.fullUrl })),
        ...wish.report,
      },
      request: { method: 'POST', url: 'DiagnosticReport' },
    },
    ...results.map(({ analyte, fullUrl }) => ({
      fullUrl,
      resource: observation(analyte),
      request: { method: 'POST', url: 'Observation' },
    })),
    {
      fullUrl: patient,
      resource: patientOf(person, wish.patient),
      request: { method: 'POST', url: 'Patient', ifNoneExist: `identifier=${ID_CARD}|${person.idCard}` },
    },
  ];
  let index = 0;
  return JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: entries }).replaceAll(
    '"@value@"',
    () => analytes[index++]?.value ?? '0',
  );
}

/** A moment as a hospital in Beijing time writes it. */
export function beijing(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
}
