import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { referenceTo } from '../support/bundles.ts';
import { useGateway } from '../support/gateway.ts';
import { permit } from '../support/recognition.ts';
import { bloodCount, ID_CARD, somebody } from '../support/reports.ts';
import { statementsOf } from '../support/statements.ts';

const gateway = useGateway();

/** A hospital with so many reports of one person. */
async function ward(reports: number) {
  const hospital = await gateway.register();
  const person = somebody();
  let patient = '';
  for (let index = 0; index < reports; index++) {
    const { body } = await hospital.post('/fhir', bloodCount({ person, number: randomUUID() }));
    patient = referenceTo(body, 'Patient').split('/')[1] ?? '';
  }
  return { hospital, person, patient };
}

test.for([
  'Observation?patient=@',
  'DiagnosticReport?patient=@&_include=DiagnosticReport:result&_revinclude=Provenance:target',
  'DiagnosticReport?patient=@&_include=DiagnosticReport:result&_include:iterate=Observation:subject',
  'Observation?patient=@&_has:DiagnosticReport:result:status=final',
  `Observation?patient.identifier=${ID_CARD}|#&_sort=-_lastUpdated`,
  `Patient?identifier=${ID_CARD}|#&_revinclude=Observation:subject`,
  'Observation?patient.name=x',
  'Observation?_count=0',
])('%s takes the same statements whatever it finds', async (query) => {
  const asked = async (reports: number) => {
    const { hospital, person, patient } = await ward(reports);
    const url = `/fhir/${query.replace('@', patient).replace('#', person.idCard)}`;
    return statementsOf(() => hospital.get(url));
  };
  const [few, many] = [await asked(1), await asked(9)];

  expect(many.length).toBe(few.length);
});

test('for somebody of whom there is nothing to see, the same as for nobody', async () => {
  const { person, patient } = await ward(2);
  const asker = await gateway.register();
  const unknown = (Number(patient[15]) === 1 ? '2' : '1').padStart(32, '1');
  const asked = async (query: string) => statementsOf(() => asker.get(`/fhir/${query}`));

  expect(await asked(`Observation?patient=${patient}`)).toEqual(await asked(`Observation?patient=${unknown}`));
  expect(await asked(`Observation?patient.identifier=${ID_CARD}|${person.idCard}`)).toEqual(
    await asked(`Observation?patient.identifier=${ID_CARD}|${somebody().idCard}`),
  );
  expect(await asked(`Patient?identifier=${ID_CARD}|${person.idCard}`)).toEqual(
    await asked(`Patient?identifier=${ID_CARD}|${somebody().idCard}`),
  );
});

test('a person is asked for consent once, however many results there are', async () => {
  const { person, patient } = await ward(3);
  const asker = await gateway.register();
  await permit(asker, person);

  const asked = await statementsOf(() => asker.get(`/fhir/Observation?patient=${patient}`));

  expect(asked.filter((it) => it === 'find-consents-concerning')).toHaveLength(1);
  expect(asked).toHaveLength(4);
});
