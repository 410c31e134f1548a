import { describe, expect, test } from 'vitest';
import type { Question } from '../../src/consents/applicable.rules.ts';
import { type Consent, decidePermission } from '../../src/consents/consent.rules.ts';
import { IMPLICIT_POLICIES } from '../../src/consents/implicit-policy.rules.ts';
import { permittedSql } from '../../src/resources/permission-sql.ts';
import { encodeId, freshPerson } from '../../src/resources/resource-id.ts';
import { mayBeSeen, type OracleRow } from '../support/consent-oracle.ts';
import { consent, emergency, HOSPITAL_B, HOSPITAL_C, NOW, question, rule, to } from '../support/consents.ts';
import { useGateway } from '../support/gateway.ts';

const gateway = useGateway();

const [PERSON, RESULT, REPORT] = [freshPerson(), 2n, 1n];

/** A normal laboratory result of 2022, published by hospital C. */
const result: OracleRow = {
  id: encodeId({ person: PERSON, id: RESULT }),
  report: encodeId({ person: PERSON, id: REPORT }),
  institution: HOSPITAL_C,
  category: 'laboratory',
  labels: [],
  from: new Date('2022-06-15T08:00:00Z'),
  until: new Date('2022-06-15T08:00:01Z'),
  refers: [],
};
const hiv: OracleRow = { ...result, labels: ['HIV', 'R'] };

const permit = rule({ type: 'permit' });
const deny = rule({ type: 'deny' });
const yesterday = new Date(NOW.getTime() - 86_400_000).toISOString();
const tomorrow = new Date(NOW.getTime() + 86_400_000).toISOString();
const thisResult = {
  data: [{ kind: 'instance' as const, reference: 'Observation/result', target: { type: 'Observation', id: result.id } }],
};
const of2022 = { dataPeriod: { start: '2022-01-01', end: '2022-12-31' } };
const of2020 = { dataPeriod: { start: '2020-01-01', end: '2020-12-31' } };
const group = to({ people: ['Group/privileged'] });
const member: Question = { ...question, asker: { ...question.asker, people: new Map([['Group/privileged', true]]) } };
const stranger: Question = { ...question, asker: { ...question.asker, people: new Map([['Group/privileged', false]]) } };

/** Whether the row is seen by the condition that every statement has; the slow reading of the rules must say the same. */
async function decided(consents: readonly Consent[], asked: Question, row: OracleRow): Promise<boolean> {
  const permission = decidePermission(consents, asked);
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const [person, id, report] = [PERSON, RESULT, REPORT].map((it) => `${bind(it)}::bigint`);
  const columns = `${person} as person, ${id} as id, ${report} as report, ${bind(row.institution)}::integer as institution,
    ${bind(row.category)}::text as category, ${bind(row.labels.length > 0 ? row.labels : null)}::text[] as labels, false as deleted,
    ${bind(row.from)}::timestamptz as effective_from, ${bind(row.until)}::timestamptz as effective_until, '{}'::bigint[] as tokens`;
  const { rows } = await gateway.db.$client.query(
    `select from (select ${columns}) as r where ${permittedSql({ alias: 'r' }, permission, bind)}`,
    values as never[],
  );
  const isSeen = permission.basis !== 'none' && rows.length > 0;
  expect(mayBeSeen(consents, asked, row)).toBe(isSeen);
  return isSeen;
}

describe('the truth table of a consent and its exceptions', () => {
  test.for<[string, readonly Consent[], boolean]>([
    ['a root permit permits', [consent(permit)], true],
    ['a root denial denies', [consent(deny)], false],
    ['a root permit for 2022 permits what is of 2022', [consent({ ...permit, ...of2022 })], true],
    ['a root permit for 2020 permits that and nothing else', [consent({ ...permit, ...of2020 })], false],
    ['an exception that denies this result takes it out of a permit', [consent(permit, rule({ type: 'deny', ...thisResult }))], false],
    ['an exception that denies other data takes nothing', [consent(permit, rule({ type: 'deny', ...of2020 }))], true],
    ['an exception that permits this result takes it out of a denial', [consent(deny, rule({ type: 'permit', ...thisResult }))], true],
    ['an exception that permits other data leaves the denial', [consent(deny, rule({ type: 'permit', ...of2020 }))], false],
    ['an exception adds to a permit for other data', [consent({ ...permit, ...of2020 }, rule({ type: 'permit', ...thisResult }))], false],
    [
      'an exception that names its own time adds to a permit for another',
      [consent({ ...permit, ...of2020 }, rule({ type: 'permit', ...of2022 }))],
      true,
    ],
    [
      'of two exceptions that are about it, the denial wins, in whatever order',
      [consent(deny, rule({ type: 'permit', ...of2022 }), rule({ type: 'deny', ...thisResult }))],
      false,
    ],
    [
      'so it does where the root permits',
      [consent(permit, rule({ type: 'deny', ...thisResult }), rule({ type: 'permit', ...of2022 }))],
      false,
    ],
    ['a denial in another consent wins over a permit', [consent(permit), consent(deny)], false],
    [
      'an exception that denies in another consent wins as well',
      [consent(permit), consent(permit, rule({ type: 'deny', ...thisResult }))],
      false,
    ],
    ['a permit is no exception to the denial of another consent', [consent({ ...permit, ...thisResult }), consent(deny)], false],
    ['the exception of a denial stands beside a permit', [consent(permit), consent(deny, rule({ type: 'permit', ...of2022 }))], true],
    [
      'a denial for another hospital says nothing here',
      [consent(permit), consent({ ...deny, ...to({ institutions: [HOSPITAL_C] }) })],
      true,
    ],
    ['a permit for the hospital that this one is part of permits', [consent({ ...permit, ...to({ organizations: ['org-b'] }) })], true],
    [
      'an exception takes over whom the root is about',
      [
        consent({ ...permit, ...to({ institutions: [HOSPITAL_B] }) }),
        consent({ ...permit, ...to({ institutions: [HOSPITAL_C] }) }, rule({ type: 'deny', ...thisResult })),
      ],
      true,
    ],
    ['a permit that cannot be evaluated permits nothing', [consent({ ...permit, isEvaluable: false })], false],
    [
      'a denial that cannot be evaluated denies as if it were not narrowed',
      [consent(permit), consent({ ...deny, isEvaluable: false })],
      false,
    ],
    [
      'nor does the exception of a rule that cannot be evaluated permit',
      [consent({ ...deny, isEvaluable: false }, rule({ type: 'permit', ...of2022 }))],
      false,
    ],
  ])('%s', async ([, consents, isSeen]) => {
    expect(await decided(consents, question, result)).toBe(isSeen);
  });
});

describe('what is on file, and what is as good as absent', () => {
  const open: Question = { ...question, policy: 'basic-normal' };

  test.for<[string, readonly Consent[], Question, boolean]>([
    ['nothing on file: the policy opens normal data for treatment', [], open, true],
    ['nothing on file: the policy does not open it for public health', [], { ...open, purpose: 'PUBHLTH' }, false],
    ['nothing on file, but the policy is for every purpose', [], { ...open, policy: 'all-normal', purpose: 'PUBHLTH' }, true],
    ['nothing on file, and only an emergency opens', [], question, false],
    ['nothing on file, and the policy is to deny', [], { ...question, policy: 'deny' }, false],
    ['a consent that expired is absent: the policy holds', [consent({ ...permit, validUntil: yesterday })], open, true],
    ['so it is where the policy opens nothing', [consent({ ...permit, validUntil: yesterday })], question, false],
    ['a denial that expired is absent', [consent({ ...deny, validUntil: yesterday })], open, true],
    ['one that has not begun is absent', [consent({ ...deny, validFrom: tomorrow })], open, true],
    ['one that is not active is absent', [{ ...consent(deny), active: false }], open, true],
    ['one for another purpose is on file: no policy', [consent({ ...permit, purposes: ['HPAYMT'] })], open, false],
    ['one for another hospital is on file: no policy', [consent({ ...permit, ...to({ institutions: [HOSPITAL_C] }) })], open, false],
    ['one that cannot be evaluated is on file: no policy', [consent({ ...permit, isEvaluable: false })], open, false],
    ['an expired exception does not end its consent', [consent(permit, rule({ type: 'deny', validUntil: yesterday }))], question, true],
    ['an expired consent has no exceptions left', [consent({ ...deny, validUntil: yesterday }, rule({ type: 'permit' }))], question, false],
  ])('%s', async ([, consents, asked, isSeen]) => {
    expect(await decided(consents, asked, result)).toBe(isSeen);
  });

  test('a permission by policy says so, by the address that IHE gave it', () => {
    expect(decidePermission([], open)).toMatchObject({
      basis: 'policy',
      sensitivities: [],
      consents: ['https://profiles.ihe.net/ITI/PCF/Policy-basic-normal'],
    });
  });

  test.for(IMPLICIT_POLICIES)('no policy opens what is sensitive or above normal (%s)', async (policy) => {
    for (const labels of [['HIV'], ['R'], ['V'], ['MH']])
      expect(await decided([], { ...question, policy }, { ...result, labels })).toBe(false);
  });
});

describe('labels', () => {
  const labelled = (...labels: string[]) => ({ labels });

  test.for<[string, readonly Consent[], string[], boolean]>([
    ['a general permit covers what is not labelled', [consent(permit)], [], true],
    ['a general permit covers a restricted result', [consent(permit)], ['R'], true],
    ['a general permit covers nothing sensitive', [consent(permit)], ['HIV'], false],
    ['nor what is labelled as nobody here knows', [consent(permit)], ['SICKLE'], false],
    ['a permit for N covers what is normal', [consent({ ...permit, ...labelled('N') })], ['N'], true],
    ['and what is below', [consent({ ...permit, ...labelled('N') })], ['M'], true],
    ['and what is not labelled', [consent({ ...permit, ...labelled('N') })], [], true],
    ['but not what is restricted', [consent({ ...permit, ...labelled('N') })], ['R'], false],
    ['nor where one of two marks is above it', [consent({ ...permit, ...labelled('N') })], ['N', 'V'], false],
    ['a permit for R covers R', [consent({ ...permit, ...labelled('R') })], ['R'], true],
    ['and nothing above', [consent({ ...permit, ...labelled('R') })], ['V'], false],
    ['a permit for M does not cover what is normal', [consent({ ...permit, ...labelled('M') })], [], false],
    ['a permit that names HIV covers it', [consent({ ...permit, ...labelled('HIV') })], ['HIV', 'R'], true],
    ['and nothing else', [consent({ ...permit, ...labelled('HIV') })], [], false],
    ['as an exception it adds to a general permit', [consent(permit, rule({ type: 'permit', ...labelled('HIV') }))], ['HIV'], true],
    ['which goes on covering the rest', [consent(permit, rule({ type: 'permit', ...labelled('HIV') }))], [], true],
    ['one of two labels is not enough', [consent(permit, rule({ type: 'permit', ...labelled('HIV') }))], ['HIV', 'PSY'], false],
    [
      'two permits for a half each are not enough',
      [consent({ ...permit, ...labelled('HIV') }), consent({ ...permit, ...labelled('PSY') })],
      ['HIV', 'PSY'],
      false,
    ],
    ['substance use means alcohol', [consent({ ...permit, ...labelled('ETH') })], ['ETHUD'], true],
    ['alcohol does not mean substance use', [consent({ ...permit, ...labelled('ETHUD') })], ['ETH'], false],
    ['a denial of R denies R', [consent(permit), consent({ ...deny, ...labelled('R') })], ['R'], false],
    ['and above', [consent(permit), consent({ ...deny, ...labelled('R') })], ['V'], false],
    ['and nothing below', [consent(permit), consent({ ...deny, ...labelled('R') })], ['N'], true],
    ['nor what is not labelled', [consent(permit), consent({ ...deny, ...labelled('R') })], [], true],
    ['a denial of N denies what is not labelled', [consent(permit), consent({ ...deny, ...labelled('N') })], [], false],
    [
      'a denial of substance use wins over a permit for alcohol',
      [consent({ ...permit, ...labelled('ETHUD') }), consent({ ...deny, ...labelled('ETH') })],
      ['ETHUD'],
      false,
    ],
  ])('%s', async ([, consents, labels, isSeen]) => {
    expect(await decided(consents, question, { ...result, labels })).toBe(isSeen);
  });
});

describe('the date of the data', () => {
  const dated = (from: string | null, until: string | null): OracleRow => ({
    ...result,
    from: from === null ? null : new Date(from),
    until: until === null ? null : new Date(until),
  });

  test.for<[string, OracleRow, boolean, boolean]>([
    ['the first moment of the year in Beijing', dated('2021-12-31T16:00:00Z', '2021-12-31T16:00:01Z'), true, true],
    ['the moment before', dated('2021-12-31T15:59:59Z', '2021-12-31T16:00:00Z'), false, false],
    ['the last moment', dated('2022-12-31T15:59:59Z', '2022-12-31T16:00:00Z'), true, true],
    ['the moment after', dated('2022-12-31T16:00:00Z', '2022-12-31T16:00:01Z'), false, false],
    ['a day without a time, the last of the year', dated('2022-12-31T00:00:00Z', '2023-01-01T00:00:00Z'), true, true],
    ['a stay that goes on into the next year', dated('2022-12-01T00:00:00Z', '2023-01-20T00:00:00Z'), false, true],
    ['a stay without an end', dated('2022-12-01T00:00:00Z', null), false, true],
    ['no date at all', dated(null, null), false, true],
  ])('%s', async ([, row, isPermitted, isDenied]) => {
    expect(await decided([consent({ ...permit, ...of2022 })], question, row)).toBe(isPermitted);
    expect(await decided([consent(permit), consent({ ...deny, ...of2022 })], question, row)).toBe(!isDenied);
  });
});

describe('an emergency', () => {
  test.for<[string, readonly Consent[], Question, OracleRow, boolean]>([
    ['needs no consent', [], emergency, result, true],
    ['nor a permit that names what is sensitive: life goes before', [], emergency, hiv, true],
    ['is of no use where the policy is to deny', [], { ...emergency, policy: 'deny' }, result, false],
    ['but for a consent that is about it', [consent(permit)], { ...emergency, policy: 'deny' }, result, true],
    ['is not held up by a general denial', [consent(deny)], emergency, result, true],
    ['nor by one for treatment', [consent({ ...deny, purposes: ['TREAT'] })], emergency, result, true],
    ['is held up by a denial for this very case', [consent({ ...deny, purposes: ['BTG'] })], emergency, result, false],
    ['is held up by a denial of a sensitive kind, for that kind', [consent({ ...deny, labels: ['HIV'] })], emergency, hiv, false],
    ['and for nothing else', [consent({ ...deny, labels: ['HIV'] })], emergency, result, true],
    ['is not held up by a denial of what is restricted', [consent({ ...deny, labels: ['R'] })], emergency, hiv, true],
    [
      'is held up by a dissent whose exception is for others',
      [consent(deny, { ...rule({ type: 'permit', purposes: ['BTG'] }), ...group })],
      { ...stranger, purpose: 'BTG', emergency: true },
      result,
      false,
    ],
    [
      'and open to those whom the exception names',
      [consent(deny, { ...rule({ type: 'permit', purposes: ['BTG'] }), ...group })],
      { ...member, purpose: 'BTG', emergency: true },
      result,
      true,
    ],
    ['who without it see nothing', [consent(deny, { ...rule({ type: 'permit', purposes: ['BTG'] }), ...group })], member, result, false],
  ])('%s', async ([, consents, asked, row, isSeen]) => {
    expect(await decided(consents, asked, row)).toBe(isSeen);
  });
});

describe('clinicians', () => {
  const nobodyKnows = question;

  test.for<[string, Question, boolean, boolean]>([
    ['one of those named', member, true, true],
    ['none of those named', stranger, false, false],
    ['one of whom it cannot be told', nobodyKnows, false, true],
  ])('%s', async ([, asked, isPermitted, isDenied]) => {
    expect(await decided([consent({ ...permit, ...group })], asked, result)).toBe(isPermitted);
    expect(await decided([consent(permit), consent({ ...deny, ...group })], asked, result)).toBe(!isDenied);
  });
});
