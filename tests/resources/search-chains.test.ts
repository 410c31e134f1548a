import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { post, referencesTo, referenceTo, searchAll, transaction, urn } from '../support/bundles.ts';
import { type Answer, type CallingSystem, useGateway } from '../support/gateway.ts';
import { permit } from '../support/recognition.ts';
import { bloodCount, HGB, ID_CARD, type Person, patientOf, somebody, WBC } from '../support/reports.ts';

const gateway = useGateway();

async function idsOf(system: CallingSystem, query: string): Promise<readonly string[]> {
  return (await searchAll(system, `/fhir/${query}`)).map((it) => it.id).toSorted();
}

interface Entry {
  readonly resource: { readonly resourceType: string; readonly id: string };
  readonly search: { readonly mode: string };
}

const entriesOf = (answer: Answer, mode: string): readonly string[] =>
  ((answer.body.entry ?? []) as readonly Entry[])
    .filter((it) => it.search.mode === mode)
    .map((it) => `${it.resource.resourceType}/${it.resource.id}`);

const idOf = (reference: string): string => reference.split('/')[1] ?? '';

/** A hospital with the blood counts of two people; answers with what was stored, by type and person. */
async function ward() {
  const hospital = await gateway.register();
  const [li, wang] = [somebody({ name: '李明' }), somebody({ name: 'Wang Fang' })];
  const store = async (person: Person, more: Partial<Parameters<typeof bloodCount>[0]> = {}) => {
    const { body } = await hospital.post('/fhir', bloodCount({ person, number: randomUUID(), ...more }));
    return {
      report: idOf(referenceTo(body, 'DiagnosticReport')),
      results: referencesTo(body, 'Observation').map(idOf),
      patient: idOf(referenceTo(body, 'Patient')),
    };
  };
  return { hospital, people: { li, wang }, li: await store(li, { analytes: [WBC] }), wang: await store(wang, { analytes: [HGB] }), store };
}

describe('chains', () => {
  test('lead by what a reference leads to: with its type and without, over two steps, by an identifier', async () => {
    const { hospital, people, li } = await ward();

    for (const query of [
      'subject:Patient.name=李',
      'patient.name=李',
      `patient.identifier=${ID_CARD}|${people.li.idCard}`,
      `patient.birthdate=${people.li.birthDate}&patient.name=李`,
      'result.code=6690-2',
      'result:Observation.patient.name=李',
    ]) {
      expect(await idsOf(hospital, `DiagnosticReport?${query}`), query).toEqual([li.report]);
    }
    expect(await idsOf(hospital, 'DiagnosticReport?patient.name=nobody')).toEqual([]);
    expect((await hospital.get('/fhir/DiagnosticReport?patient.name=李&_summary=count')).body.total).toBe(1);
  });

  test('trap 29: two of them may be met by two targets; one with two parts is not one', async () => {
    const { hospital, store, people } = await ward();
    const { report } = await store(people.li, { analytes: [WBC, HGB] });

    expect(await idsOf(hospital, 'DiagnosticReport?result.code=6690-2&result.code=718-7')).toEqual([report]);
  });

  test('a negated one excludes, and what refers to nothing is not excluded', async () => {
    const hospital = await gateway.register();
    const [team, other] = await Promise.all(
      ['A', 'B'].map(async (name) => (await hospital.post('/fhir/Organization', { resourceType: 'Organization', name })).body.id as string),
    );
    const roles = await Promise.all(
      [team, other, undefined].map(async (organization) => {
        const role = {
          resourceType: 'PractitionerRole',
          ...(organization ? { organization: { reference: `Organization/${organization}` } } : {}),
        };
        return (await hospital.post('/fhir/PractitionerRole', role)).body.id as string;
      }),
    );
    const own = roles.join();

    expect(await idsOf(hospital, `PractitionerRole?_id=${own}&organization.name=A`)).toEqual([roles[0]]);
    expect(await idsOf(hospital, `PractitionerRole?_id=${own}&organization:missing=true`)).toEqual([roles[2]]);
  });
});

describe('_has', () => {
  test('finds by what refers to a resource, also where that is found by what refers to it', async () => {
    const { hospital, li, wang } = await ward();

    expect(await idsOf(hospital, 'Patient?_has:Observation:patient:code=6690-2')).toEqual([li.patient]);
    expect(await idsOf(hospital, 'Patient?_has:Observation:patient:_has:DiagnosticReport:result:status=final&name=Wang')).toEqual([
      wang.patient,
    ]);
    expect(await idsOf(hospital, 'Observation?_has:DiagnosticReport:result:patient.name=李')).toEqual(li.results.toSorted());
    expect(await idsOf(hospital, 'Patient?_has:Observation:patient:code=none')).toEqual([]);
  });

  test('trap 29: two of them may be met by two resources', async () => {
    const { hospital, store, people } = await ward();
    const { patient } = await store(people.li, { analytes: [HGB] });

    expect(await idsOf(hospital, 'Patient?_has:Observation:patient:code=6690-2&_has:Observation:patient:code=718-7')).toEqual([patient]);
  });
});

describe('what comes along', () => {
  test('trap 23: _include brings what is referred to, once, counted neither in the total nor in the page', async () => {
    const { hospital, li, store, people } = await ward();
    await store(people.li);

    const answer = await hospital.get(`/fhir/Observation?patient=${li.patient}&_include=Observation:subject&_count=2`);

    expect(answer.body.total).toBe(3);
    expect(entriesOf(answer, 'match')).toHaveLength(2);
    expect(entriesOf(answer, 'include')).toEqual([`Patient/${li.patient}`]);
  });

  test('only of the type that is asked for, only by the element, and all of them by *', async () => {
    const { hospital, li } = await ward();
    const included = async (query: string) =>
      entriesOf(await hospital.get(`/fhir/DiagnosticReport?_id=${li.report}&${query}`), 'include').toSorted();
    const [result] = li.results;

    expect(await included('_include=DiagnosticReport:subject:Group')).toEqual([]);
    expect(await included('_include=DiagnosticReport:subject:Patient')).toEqual([`Patient/${li.patient}`]);
    expect(await included('_include=DiagnosticReport:result')).toEqual([`Observation/${result}`]);
    expect(await included('_include=*')).toEqual([`Observation/${result}`, `Patient/${li.patient}`]);
    expect(await included('_include=DiagnosticReport:*')).toEqual([`Observation/${result}`, `Patient/${li.patient}`]);
  });

  test('trap 23: _revinclude brings what refers here; :iterate goes on, and without it nothing does', async () => {
    const { hospital, li } = await ward();
    const included = async (query: string) => entriesOf(await hospital.get(`/fhir/${query}`), 'include').toSorted();
    const [result] = li.results;

    expect(await included(`Patient?_id=${li.patient}&_revinclude=Observation:patient`)).toEqual([`Observation/${result}`]);
    expect(await included(`Observation?_id=${result}&_revinclude=DiagnosticReport:result`)).toEqual([`DiagnosticReport/${li.report}`]);
    expect(await included(`DiagnosticReport?_id=${li.report}&_include=DiagnosticReport:result&_include=Observation:subject`)).toEqual([
      `Observation/${result}`,
    ]);
    expect(
      await included(`DiagnosticReport?_id=${li.report}&_include=DiagnosticReport:result&_include:iterate=Observation:subject`),
    ).toEqual([`Observation/${result}`, `Patient/${li.patient}`]);
    expect(
      await included(`Observation?_id=${result}&_revinclude=DiagnosticReport:result&_include:iterate=DiagnosticReport:subject`),
    ).toEqual([`DiagnosticReport/${li.report}`, `Patient/${li.patient}`]);
  });

  test('a circle of references ends', async () => {
    const hospital = await gateway.register();
    const [first, second] = [urn(), urn()];
    const { body } = await hospital.post(
      '/fhir',
      transaction(
        post({ resourceType: 'Organization', name: 'A', partOf: { reference: second } }, { fullUrl: first }),
        post({ resourceType: 'Organization', name: 'B', partOf: { reference: first } }, { fullUrl: second }),
      ),
    );
    const [a, b] = referencesTo(body, 'Organization');

    const answer = await hospital.get(`/fhir/Organization?_id=${idOf(a ?? '')}&_include:iterate=Organization:partof`);

    expect(entriesOf(answer, 'include')).toEqual([b]);
  });

  test('trap 23: more than a thousand are cut, and said to be', async () => {
    const hospital = await gateway.register();
    const patient = urn();
    const observation = { resourceType: 'Observation', status: 'final', code: { text: '体温' }, subject: { reference: patient } };
    const bundle = (size: number) => transaction(...Array.from({ length: size }, () => post(observation)));
    const { body } = await hospital.post('/fhir', transaction(post(patientOf(somebody()), { fullUrl: patient })));
    const reference = referenceTo(body, 'Patient');
    await hospital.post('/fhir', JSON.stringify(bundle(1_001)).replaceAll(patient, reference));

    const answer = await hospital.get(`/fhir/Patient?_id=${idOf(reference)}&_revinclude=Observation:patient`);

    expect(entriesOf(answer, 'include')).toHaveLength(1_000);
    expect(answer.body.entry.at(-1)).toMatchObject({ resource: { resourceType: 'OperationOutcome' }, search: { mode: 'outcome' } });
    expect(answer.body.total).toBe(1);
  });

  test('a type without scope is left out; a chain or _has through it is refused', async () => {
    const { uscc, institution, ...hospital } = await gateway.register();
    const { body } = await hospital.post('/fhir', bloodCount({ person: somebody(), number: randomUUID() }));
    const reports = await gateway.clientOf(institution, uscc, ['system/DiagnosticReport.rs', 'system/Patient.r']);
    const report = idOf(referenceTo(body, 'DiagnosticReport'));

    const answer = await reports.get(`/fhir/DiagnosticReport?_id=${report}&_include=*`);

    expect(entriesOf(answer, 'include')).toEqual([referenceTo(body, 'Patient')]);
    expect((await reports.get('/fhir/DiagnosticReport?result.code=6690-2')).status).toBe(403);
    expect((await reports.get('/fhir/DiagnosticReport?patient.name=x')).status).toBe(403);
    expect((await reports.get('/fhir/DiagnosticReport?_has:Provenance:target:recorded=2026')).status).toBe(403);
  });
});

describe('across institutions', () => {
  /** Two institutions know one person; the second has published a report, and the first may see laboratory results of others. */
  async function sharedPerson(decide: boolean) {
    const [asker, source] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const [number, record] = [randomUUID(), patientOf(person)];
    const own = await asker.post('/fhir/Patient', {
      ...record,
      identifier: [...(record['identifier'] as object[]), { system: 'urn:own-number', value: number }],
    });
    const { body } = await source.post('/fhir', bloodCount({ person, number: randomUUID() }));
    if (decide) await permit(asker, person, { categories: ['laboratory'] });
    return {
      asker,
      source,
      person,
      number,
      own: own.body.id as string,
      report: idOf(referenceTo(body, 'DiagnosticReport')),
      patient: idOf(referenceTo(body, 'Patient')),
    };
  }

  test('with consent a person’s results are found by any of their Patients, by document, by a chain', async () => {
    const { asker, person, number, own, report, patient } = await sharedPerson(true);

    for (const query of [
      `patient=${own}`,
      `patient=${patient}`,
      `subject=Patient/${own}`,
      `patient.identifier=${ID_CARD}|${person.idCard}`,
      `patient.identifier=urn:own-number|${number}`,
      `patient.identifier=urn:own-number|${number}&patient.name=${encodeURIComponent(person.name)}`,
      `patient=${own}&result.code=6690-2`,
    ]) {
      expect(await idsOf(asker, `DiagnosticReport?${query}`), query).toEqual([report]);
    }
    expect(await idsOf(asker, `Patient?identifier=${ID_CARD}|${person.idCard}`)).toEqual([own, patient].toSorted());
    const included = await asker.get(
      `/fhir/DiagnosticReport?patient=${own}&_include=DiagnosticReport:result&_include=DiagnosticReport:subject`,
    );
    expect(entriesOf(included, 'include')).toContain(`Patient/${patient}`);
    expect(entriesOf(included, 'include')).toHaveLength(3);
  });

  test('without consent nothing tells whether there is anything: matches, totals, chains, _has, what comes along', async () => {
    const hidden = await sharedPerson(false);
    const bare = somebody();
    const { body: alone } = await hidden.asker.post('/fhir/Patient', patientOf(bare));
    const ask = async (query: string) => {
      const { status, text } = await hidden.asker.get(`/fhir/${query}`);
      return {
        status,
        text: text
          .replaceAll(/[0-9a-f]{32}/g, '<id>')
          .replaceAll(/\d{17}[\dX]/g, '<card>')
          .replaceAll(/\d{4}-\d\d-\d\d[^"]*/g, '<time>'),
      };
    };

    for (const query of [
      'DiagnosticReport?patient=@&_total=accurate',
      'DiagnosticReport?patient=@&_summary=count',
      'DiagnosticReport?patient=@&_count=1',
      'DiagnosticReport?patient=@&result.code=6690-2',
      'Observation?patient=@&_has:DiagnosticReport:result:status=final',
      'Patient?_id=@&_has:Observation:patient:code=6690-2',
      'Patient?_id=@&_has:DiagnosticReport:patient:status=final&_summary=count',
      'Patient?_id=@&_elements=id&_revinclude=Observation:patient&_revinclude=DiagnosticReport:subject',
      `DiagnosticReport?patient.identifier=${ID_CARD}|#`,
    ]) {
      const there = await ask(query.replace('@', hidden.own).replace('#', hidden.person.idCard));
      const none = await ask(query.replace('@', alone.id).replace('#', bare.idCard));
      expect(there, query).toEqual(none);
    }
    expect(await idsOf(hidden.asker, 'Patient?_has:Observation:patient:code=6690-2')).toEqual([]);
    expect(await idsOf(hidden.asker, `Patient?_id=${hidden.patient}`)).toEqual([]);
    expect(await idsOf(hidden.asker, `Patient?identifier=${ID_CARD}|${hidden.person.idCard}`)).toEqual([hidden.own]);
  });

  test('trap 23: what a consent does not cover does not come along', async () => {
    const { asker, source, own, report } = await sharedPerson(true);
    const patient = (await source.get(`/fhir/DiagnosticReport/${report}`)).body.subject;
    const { body: encounter } = await source.post('/fhir/Encounter', {
      resourceType: 'Encounter',
      status: 'finished',
      class: { code: 'AMB' },
      subject: patient,
    });
    const { body: observation } = await source.post('/fhir/Observation', {
      resourceType: 'Observation',
      status: 'final',
      category: [{ coding: [{ code: 'laboratory' }] }],
      code: { text: '血糖' },
      subject: patient,
      encounter: { reference: `Encounter/${encounter.id}` },
    });

    const answer = await asker.get(`/fhir/Observation?patient=${own}&_include=Observation:encounter`);

    expect(entriesOf(answer, 'match')).toContain(`Observation/${observation.id}`);
    expect(entriesOf(answer, 'include')).toEqual([]);
    expect(await idsOf(asker, `Observation?patient=${own}&encounter.status=finished`)).toEqual([]);
    expect(await idsOf(source, 'Observation?encounter.status=finished')).toEqual([observation.id]);
  });

  test('of a person whose other kinds of result are permitted, nothing is found by those that are not', async () => {
    const { asker, person, patient } = await sharedPerson(false);
    await permit(asker, person, { categories: ['imaging'] });

    expect(await idsOf(asker, `Patient?_id=${patient}`)).toEqual([patient]);
    expect(await idsOf(asker, `Patient?_id=${patient}&_has:Observation:patient:code=6690-2`)).toEqual([]);
    expect(await idsOf(asker, `Patient?_id=${patient}&_has:Observation:patient:_has:DiagnosticReport:result:status=final`)).toEqual([]);
    const answer = await asker.get(`/fhir/Patient?_id=${patient}&_revinclude=Observation:patient&_revinclude=DiagnosticReport:subject`);
    expect(entriesOf(answer, 'include')).toEqual([]);
  });

  test('the shared directory is found by nobody’s results but one’s own', async () => {
    const [source, stranger] = [await gateway.register(), await gateway.register()];
    const { body: doctor } = await source.post('/fhir/Practitioner', { resourceType: 'Practitioner', name: [{ text: '王芳' }] });
    const { body: observation } = await source.post('/fhir/Observation', {
      resourceType: 'Observation',
      status: 'final',
      code: { text: '质控样本' },
      performer: [{ reference: `Practitioner/${doctor.id}` }],
    });
    const queries = [`_has:Observation:performer:status=final`, `_has:Observation:performer:_id=${observation.id}`];

    for (const query of queries) {
      expect(await idsOf(source, `Practitioner?_id=${doctor.id}&${query}`), query).toEqual([doctor.id]);
      expect(await idsOf(stranger, `Practitioner?_id=${doctor.id}&${query}`), query).toEqual([]);
    }
    const along = async (it: CallingSystem) =>
      entriesOf(await it.get(`/fhir/Practitioner?_id=${doctor.id}&_revinclude=Observation:performer`), 'include');
    expect(await along(source)).toEqual([`Observation/${observation.id}`]);
    expect(await along(stranger)).toEqual([]);
    const everything = await stranger.get(`/fhir/Practitioner?_id=${doctor.id}&_revinclude=*`);
    expect(entriesOf(everything, 'include')).toEqual([]);
  });

  test('every person in a page is written into the access log, with what was shown of them', async () => {
    const { hospital, li, wang } = await ward();
    const auditor = await gateway.clientOf(hospital.institution, hospital.uscc, ['system/AuditEvent.rs', 'audit.read', 'system/*.rs']);

    await hospital.get(`/fhir/DiagnosticReport?_include=DiagnosticReport:subject`);

    for (const it of [li, wang]) {
      const { body } = await auditor.get(`/v1/access-log?patient=${it.patient}&limit=50`);
      const searches = body.entries.filter((entry: { interaction: string }) => entry.interaction === 'searchResources');
      expect(searches).toHaveLength(1);
      expect(searches[0]).toMatchObject({
        action: 'E',
        query: 'GET DiagnosticReport?_include=DiagnosticReport:subject',
        entities: [`DiagnosticReport/${it.report}/_history/1`, `Patient/${it.patient}/_history/1`],
      });
    }
  });
});
