import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/fhir/exact-json.ts';
import { readOrganization } from '../../src/institutions/organization.rules.ts';
import { DIVISION, LEVEL, organization, TYPE_SYSTEM } from './organizations.ts';

const USCC = '12330000470051726F';
const OTHER = '11500103MB1849823N';
const valid = organization({ uscc: USCC, name: '测试医院', district: '500112', grade: '2' });
const typed = (value: string) => ({ type: { coding: [{ system: TYPE_SYSTEM, code: 'USCC' }] }, value });

describe('an Organization becomes an institution', () => {
  test('with credit code, name, level and division', () => {
    expect(readOrganization(valid)).toEqual({
      registration: { uscc: USCC, name: '测试医院', level: 3, grade: '2', partOf: null, district: '500112', active: true },
    });
  });

  test.for<[string, Json, object]>([
    ['grade 1 三级特等', organization({ uscc: USCC, grade: '1' }), { level: 3, grade: '1' }],
    ['grade 4 三级丙等', organization({ uscc: USCC, grade: '4' }), { level: 3 }],
    ['grade 5 二级甲等', organization({ uscc: USCC, grade: '5' }), { level: 2 }],
    ['grade 7 二级丙等', organization({ uscc: USCC, grade: '7' }), { level: 2 }],
    ['grade 8 一级甲等', organization({ uscc: USCC, grade: '8' }), { level: 1 }],
    ['grade 11 一级未评', organization({ uscc: USCC, grade: '11' }), { level: 1 }],
    ['grade 12 二级未评', organization({ uscc: USCC, grade: '12' }), { level: 2 }],
    ['grade 13 三级未评', organization({ uscc: USCC, grade: '13' }), { level: 3 }],
    ['grade 14 未定级', organization({ uscc: USCC, grade: '14' }), { level: null, grade: '14' }],
    ['no grade, as a commission', organization({ uscc: USCC }), { level: null, grade: null }],
    ['not active', { ...valid, active: false }, { active: false }],
    ['silent about being active', { ...valid, active: undefined }, { active: true }],
    ['the code in full-width signs', { ...valid, identifier: [typed('１２３３００００４７００５１７２６Ｆ')] }, { uscc: USCC }],
    ['the code by its own system', { ...valid, identifier: [{ system: 'urn:oid:2.16.156.10011.1.5', value: USCC }] }, { uscc: USCC }],
    [
      'the same code in both ways',
      { ...valid, identifier: [typed(USCC), { system: 'urn:oid:2.16.156.10011.1.5', value: USCC }] },
      { uscc: USCC },
    ],
    [
      'an organisation code of the old kind beside it',
      { ...valid, identifier: [{ system: 'urn:oid:2.16.156.10011.1.5', value: '47005172-6' }, typed(USCC)] },
      { uscc: USCC },
    ],
    ['a former code beside it', { ...valid, identifier: [{ ...typed(OTHER), use: 'old' }, typed(USCC)] }, { uscc: USCC }],
    ['a part with a code of its own', { ...valid, partOf: { reference: 'Organization/x' } }, { uscc: USCC }],
  ])('%s', ([, content, expected]) => {
    expect(readOrganization(content)).toMatchObject({ registration: expected });
  });

  test.for<[string, Json, readonly string[]]>([
    ['no identifier', { ...valid, identifier: undefined }, ['identifier']],
    ['a wrong check sign', organization({ uscc: '12330000470051726G' }), ['identifier']],
    [
      'a wrong check sign by system',
      { ...valid, identifier: [{ system: 'urn:oid:2.16.156.10011.1.5', value: '12330000470051726G' }] },
      ['identifier'],
    ],
    ['two codes', { ...valid, identifier: [typed(USCC), typed(OTHER)] }, ['identifier']],
    ['a typed code without value', { ...valid, identifier: [{ ...typed(''), value: undefined }] }, ['identifier']],
    ['no name', { ...valid, name: undefined }, ['name']],
    ['a blank name', { ...valid, name: '  ' }, ['name']],
    ['a name with a NUL', { ...valid, name: '医\u0000院' }, ['name']],
    ['no division', { ...valid, extension: [] }, ['extension']],
    ['a division of five figures', organization({ uscc: USCC, district: '50011' }), ['extension']],
    ['a division that is a word', organization({ uscc: USCC, district: '渝北区' }), ['extension']],
    ['grade 0', organization({ uscc: USCC, grade: '0' }), ['extension']],
    ['grade 15', organization({ uscc: USCC, grade: '15' }), ['extension']],
    ['a grade every object has', organization({ uscc: USCC, grade: 'constructor' }), ['extension']],
    [
      'a grade without code',
      {
        ...valid,
        extension: [
          { url: DIVISION, valueCoding: { code: '500112' } },
          { url: LEVEL, valueCoding: {} },
        ],
      },
      ['extension'],
    ],
    ['everything at once', { resourceType: 'Organization' }, ['identifier', 'name', 'extension']],
  ])('%s is refused', ([, content, paths]) => {
    const read = readOrganization(content);
    expect(read && 'issues' in read ? read.issues.map((it) => it.path) : read).toEqual(paths);
  });

  test('a department without a code of its own is an entry of the directory only', () => {
    expect(readOrganization({ resourceType: 'Organization', name: '放射科', partOf: { reference: 'Organization/x' } })).toBeUndefined();
  });
});

/** The published guide of the city; not part of this project. */
const GUIDE = fileURLToPath(new URL('../../../shared/testdata/chongqing-core/package.tgz', import.meta.url));

test.skipIf(!existsSync(GUIDE)).for([
  ['ChangningFengxiaoDistrictCentralHospital', { uscc: USCC, level: 3, grade: '2', partOf: null, district: '500105' }],
  ['ChongqingHealthCommission', { uscc: '11500000MB1670604W', level: null, grade: null, district: '500112' }],
] as const)('the guide’s example %s is read as it is', ([name, expected]) => {
  const text = execFileSync('tar', ['-xzOf', GUIDE, `package/example/Organization-${name}.json`], { encoding: 'utf8' });
  expect(readOrganization(JSON.parse(text))).toMatchObject({ registration: expected });
});
