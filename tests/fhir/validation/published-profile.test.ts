import { beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../../src/fhir/exact-json.ts';
import { profileIssues, type Terminology } from '../../../src/fhir/validation/profile.ts';
import { structureIssues } from '../../../src/fhir/validation/structure.ts';
import { packageFiles } from '../../support/package-files.ts';
import { folderOf, isThere } from '../../support/testdata.ts';

/** The guide for organisations of Chongqing, published by its health statistics centre; skipped where it is absent. */
const PACKAGE = new URL('package.tgz', folderOf('chongqing-core'));
const BASE = 'http://fhir.cq.hc/StructureDefinition';

let files: ReadonlyMap<string, Json>;
let byUrl: ReadonlyMap<string, Json>;

const resolve = (canonical: string): Json | undefined => byUrl.get(canonical.split('|')[0] as string);

/** Whole code systems are all that the value sets of this guide draw on, but for one of HL7 that is not in the package. */
const terminology: Terminology = {
  members(url) {
    const compose = resolve(url)?.['compose'] as { include: { system?: string }[] } | undefined;
    if (!compose) return 'unknown';
    const codes = compose.include.flatMap(({ system }) =>
      codesOf(system ? resolve(system)?.['concept'] : undefined).map((it) => `${system}|${it}`),
    );
    return (system, code) => codes.includes(`${system}|${code}`);
  },
};

function codesOf(concepts: unknown): readonly string[] {
  return ((concepts ?? []) as { code: string; concept?: unknown }[]).flatMap((it) => [it.code, ...codesOf(it.concept)]);
}

type Changeable = any;

/** The commission of Chongqing after a change, against both what R4 and what the profile says. */
function issuesAfter(change: (it: Changeable) => void): readonly string[] {
  const resource = structuredClone(files.get('package/example/Organization-ChongqingHealthCommission.json')) as Changeable;
  change(resource);
  const profile = resolve(`${BASE}/hc-mdm-organization`) as Json;
  return [...structureIssues(resource, 'Organization'), ...profileIssues(resource, profile, terminology, 'Organization', resolve)].map(
    (it) => `${it.path} ${it.kind}`,
  );
}

describe.skipIf(!isThere('chongqing-core'))('a published guide', () => {
  beforeAll(async () => {
    files = await packageFiles(PACKAGE);
    byUrl = new Map([...files.values()].map((it) => [String(it['url']), it]));
  });

  test('its four example organizations keep the profile of all organizations, and that of hospitals', () => {
    const examples = [...files].filter(([name]) => name.startsWith('package/example/'));
    expect(examples).toHaveLength(4);
    for (const [name, resource] of examples) {
      for (const profile of ['hc-mdm-organization', 'hc-healthcare-organization']) {
        const issues = profileIssues(resource, resolve(`${BASE}/${profile}`) as Json, terminology, 'Organization', resolve);
        expect(issues, `${name} against ${profile}`).toEqual([]);
      }
      expect(structureIssues(resource, 'Organization')).toEqual([]);
    }
  });

  test.each<readonly [string, (it: Changeable) => void, readonly string[]]>([
    ['as it is', () => {}, []],
    ['an unknown element', (it) => Object.assign(it, { level: 3 }), ['Organization.level structure']],
    ['a missing required element', (it) => delete it.name, ['Organization.name required']],
    ['a missing element in a part', (it) => Object.assign(it, { meta: { tag: [{ code: 'x' }] } }), ['Organization.meta.profile required']],
    ['a wrong code', (it) => Object.assign(it.type[0].coding[0], { code: '999' }), ['Organization.type[0] code-invalid']],
    [
      'a code of another system',
      (it) => Object.assign(it.type[0].coding[0], { system: 'http://x' }),
      ['Organization.type[0] code-invalid'],
    ],
    [
      'a broken invariant of a slice',
      (it) => Object.assign(it.identifier[1], { value: '11500000MB1670604' }),
      ['Organization.identifier[1] invariant'],
    ],
    [
      'a broken invariant of an element',
      (it) => Object.assign(it.address[0], { postalCode: '40114' }),
      ['Organization.address[0] invariant'],
    ],
    ['a broken pattern in a slice', (it) => Object.assign(it.identifier[0], { use: 'old' }), ['Organization.identifier[0].use value']],
    ['a slice that is there twice', (it) => it.telecom.push({ ...it.telecom[0], value: '2' }), ['Organization.telecom:phone structure']],
    [
      'a wrong code in an extension',
      (it) => Object.assign(it.extension[0].valueCoding, { code: '1' }),
      ['Organization.extension[0].valueCoding code-invalid'],
    ],
    [
      'a wrong type in an extension',
      (it) => Object.assign(it, { extension: [{ url: it.extension[0].url, valueString: '渝北区' }] }),
      ['Organization.extension[0].valueString structure'],
    ],
    [
      'a wrong type in an extension in an extension',
      (it) => Object.assign(it.address[0].extension[0], { extension: [{ url: 'longitude', valueString: '106' }] }),
      ['Organization.address[0].extension[0].extension[0].valueString structure'],
    ],
    ['an extension that nobody knows stays', (it) => it.extension.push({ url: 'http://x', valueCode: 'y' }), []],
    ['an identifier of no slice stays', (it) => it.identifier.push({ system: 'http://x', value: '1' }), []],
  ])('%s', (_, change, issues) => {
    expect(issuesAfter(change)).toEqual(issues);
  });
});
