import { randomUUID } from 'node:crypto';
import { asc, inArray } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { LOINC_SYSTEM } from '../../src/catalogue/items/find-items.ts';
import { pathNumber, tokenAt } from '../../src/fhir/search-hash.ts';
import { findResults } from '../../src/reports/find-results.ts';
import type { Permission } from '../../src/resources/custody.ts';
import { resources } from '../../src/resources/resource.tables.ts';
import { decodeId, encodeId } from '../../src/resources/resource-id.ts';
import type { Caller } from '../../src/security/caller.ts';
import { useGateway } from '../support/gateway.ts';
import { publishBundle } from '../support/recognition.ts';
import { bloodCount, HGB, somebody, WBC } from '../support/reports.ts';
import { statementsOf } from '../support/statements.ts';

const gateway = useGateway();

const LABORATORY: Permission = { basis: 'consent', categories: ['laboratory'], uncategorised: false, sensitivities: [], consents: [] };
const PER_CODE_MAX = 20;
const DAY_MS = 86_400_000;
const OTHER_LOINC = '26464-8';
const codeOf = (loinc: string) => `${LOINC_SYSTEM}|${loinc}`;

test('of each code the newest twenty of the caller’s own and the newest twenty of others, each result once, newest first', async () => {
  const [own, other, third] = [await gateway.register(), await gateway.register(), await gateway.register()];
  const person = somebody();
  const now = Date.now();
  const platelets = { loinc: '777-3', unit: '10*9/L', value: '210' };
  // Every third blood count of the other hospital names its leukocytes by two codes; platelets are measured, and nobody asks for them.
  for (let index = 0; index < 24; index += 1) {
    for (const [source, shift] of [
      [own, 0],
      [other, 1],
      [third, 1],
    ] as const) {
      const at = new Date(now - (index + 1) * DAY_MS - shift * 3_600_000);
      const bundle = bloodCount({ person, number: randomUUID(), at, analytes: index % 5 === 0 ? [HGB] : [WBC, HGB, platelets] });
      const coding = `{"system":"${LOINC_SYSTEM}","code":"${WBC.loinc}"}`;
      const twofold = source === other && index % 3 === 0;
      await publishBundle(source, twofold ? bundle.replace(coding, `${coding},${coding.replace(WBC.loinc, OTHER_LOINC)}`) : bundle);
    }
  }
  const compartment = decodeId(await publishBundle(own, bloodCount({ person, number: randomUUID() })))?.person ?? 0n;
  const codes = [codeOf(WBC.loinc), codeOf(HGB.loinc), codeOf(OTHER_LOINC)];
  const caller = { institution: own.institution } as Caller;
  const find = () => findResults(gateway.db, [compartment], codes, LABORATORY, caller);

  const found = await find();

  const rows = await gateway.db
    .select()
    .from(resources)
    .where(inArray(resources.person, [compartment]))
    .orderBy(asc(resources.id));
  const observations = rows.filter((it) => it.type === 'Observation');
  const newestFirst = (a: (typeof rows)[number], b: (typeof rows)[number]) =>
    Number(b.effectiveFrom) - Number(a.effectiveFrom) || (a.id < b.id ? 1 : -1);
  const kept = codes.flatMap((code) => {
    const ofCode = observations.filter((it) => it.tokens.map(String).includes(tokenAt(pathNumber('code'), code))).toSorted(newestFirst);
    const isOwn = (it: (typeof rows)[number]) => it.institution === own.institution;
    return [...ofCode.filter(isOwn).slice(0, PER_CODE_MAX), ...ofCode.filter((it) => !isOwn(it)).slice(0, PER_CODE_MAX)];
  });
  const expected = [...new Set(kept)].toSorted(newestFirst).map((it) => `Observation/${encodeId({ person: it.person, id: it.id })}`);
  expect(found.map((it) => it.reference)).toEqual(expected);
  expect(expected.length).toBeGreaterThan(80);
  expect(expected.length).toBeLessThan(observations.length);
  expect(await statementsOf(find)).toEqual(['find-results']);
});
