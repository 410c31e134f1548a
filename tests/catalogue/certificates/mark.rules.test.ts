import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Certificate } from '../../../src/catalogue/certificates/find-certificates.ts';
import { judgeMark, type Mark, type Receiver } from '../../../src/catalogue/certificates/mark.rules.ts';
import { type Place, SCOPE_KINDS, type Scope } from '../../../src/catalogue/certificates/scope.rules.ts';

const yubei: Place = { district: '500112', alliances: ['yubei-1'], regions: ['cy'] };
const receiver: Receiver = { place: yubei, acceptedScopes: SCOPE_KINDS };
const [chongqing, nation]: [Scope, Scope] = [
  { kind: 'province', code: '50' },
  { kind: 'nation', code: '' },
];

/** A certificate for all of 2026 in Beijing. */
const certificate: Certificate = {
  id: 'c',
  institution: 7,
  item: 'K',
  scheme: '室间质评 2026',
  scope: chongqing,
  mark: '渝HR',
  score: 92,
  validFrom: new Date('2026-01-01T00:00:00+08:00'),
  validUntil: new Date('2026-12-31T23:59:59.999+08:00'),
  withdrawnFrom: null,
};
const withdrawn = { ...certificate, withdrawnFrom: new Date('2026-06-01T00:00:00+08:00') };
const hubei = { ...certificate, id: 'h', scope: { kind: 'province', code: '42' } } as const;
const SPRING = '2026-03-01T08:00:00+08:00';

const outcome = (mark: Mark): string => ('certificate' in mark ? mark.certificate.id : mark.reason);

describe('the mark of a result', () => {
  test.for<[string, readonly Certificate[], string | undefined, string]>([
    ['nothing was ever certified', [], SPRING, 'no-hr-mark'],
    ['sampled within the year', [certificate], SPRING, 'c'],
    ['in the last moment before it', [certificate], '2025-12-31T23:59:59.999+08:00', 'certificate-lapsed'],
    ['in its first moment', [certificate], '2026-01-01T00:00:00+08:00', 'c'],
    ['in its last moment', [certificate], '2026-12-31T23:59:59.999+08:00', 'c'],
    ['in the first moment after it', [certificate], '2027-01-01T00:00:00+08:00', 'certificate-lapsed'],
    ['at a time nobody knows', [certificate], undefined, 'certificate-lapsed'],
    ['in the last moment before the withdrawal', [withdrawn], '2026-05-31T23:59:59.999+08:00', 'c'],
    ['in the first moment of the withdrawal', [withdrawn], '2026-06-01T00:00:00+08:00', 'certificate-lapsed'],
    ['certified for another province', [hubei], SPRING, 'scope-mismatch'],
    ['one for another province, one out of time', [hubei, { ...certificate, validUntil: certificate.validFrom }], SPRING, 'scope-mismatch'],
    ['one for another province, one that holds', [hubei, certificate], SPRING, 'c'],
    ['one withdrawn, one that holds', [withdrawn, { ...certificate, id: 'new' }], '2026-07-01T00:00:00+08:00', 'new'],
  ])('%s', ([, certificates, performedAt, expected]) => {
    expect(outcome(judgeMark(certificates, performedAt === undefined ? undefined : new Date(performedAt), receiver))).toBe(expected);
  });

  test('of a scope that does not count at the receiver is a mismatch, though it contains it', () => {
    const nationOnly: Receiver = { place: yubei, acceptedScopes: ['nation'] };
    expect(outcome(judgeMark([certificate], new Date(SPRING), nationOnly))).toBe('scope-mismatch');
    expect(outcome(judgeMark([certificate, { ...certificate, id: 'n', scope: nation }], new Date(SPRING), nationOnly))).toBe('n');
  });

  test.for<[string, Partial<Certificate>, Partial<Certificate>]>([
    ['the wider scope, even with a lower score', { scope: nation, score: 80 }, { score: 100 }],
    ['a region before a province', { scope: { kind: 'region', code: 'cy' } }, {}],
    ['a district before an alliance', { scope: { kind: 'district', code: '500112' } }, { scope: { kind: 'alliance', code: 'yubei-1' } }],
    ['the one that holds longer', { score: 80 }, { validUntil: new Date('2026-11-30T23:59:59.999+08:00') }],
    ['the one that is not to be withdrawn', {}, { withdrawnFrom: new Date('2026-08-01T00:00:00+08:00') }],
    ['the higher score', { score: 93 }, { score: 92 }],
    ['any score before none', { score: 0 }, { score: null }],
  ])('of two is %s', ([, better, worse]) => {
    const pair = [
      { ...certificate, id: 'worse', ...worse },
      { ...certificate, id: 'z-better', ...better },
    ];
    for (const certificates of [pair, pair.toReversed()])
      expect(outcome(judgeMark(certificates, new Date(SPRING), receiver))).toBe('z-better');
  });
});

const days = fc.integer({ min: 0, max: 40 }).map((it) => new Date(Date.UTC(2026, 0, 1 + it)));
const certificates = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 4 }),
    institution: fc.constant(7),
    item: fc.constant('K'),
    scheme: fc.constant('s'),
    scope: fc.constantFrom<Scope>(
      nation,
      chongqing,
      hubei.scope,
      { kind: 'region', code: 'cy' },
      { kind: 'city', code: '5001' },
      { kind: 'alliance', code: 'yubei-1' },
      { kind: 'alliance', code: 'other' },
    ),
    mark: fc.constant('HR'),
    score: fc.option(fc.integer({ min: 0, max: 3 })),
    validFrom: days,
    validUntil: days,
    withdrawnFrom: fc.option(days),
  }),
  { selector: (it) => it.id, maxLength: 6 },
);
const receivers = fc.record({ place: fc.constant(yubei), acceptedScopes: fc.subarray([...SCOPE_KINDS]) });
const RANK = { 'no-hr-mark': 0, 'certificate-lapsed': 1, 'scope-mismatch': 2, valid: 3 } as const;
const rankOf = (mark: Mark): number => RANK['certificate' in mark ? 'valid' : mark.reason];

describe('whatever the certificates', () => {
  test('a further one never takes a valid mark away, nor leads further from one', () => {
    fc.assert(
      fc.property(certificates, fc.nat(), days, receivers, (all, cut, performedAt, at) => {
        const fewer = judgeMark(all.slice(0, cut % (all.length + 1)), performedAt, at);
        expect(rankOf(judgeMark(all, performedAt, at))).toBeGreaterThanOrEqual(rankOf(fewer));
      }),
    );
  });

  test('their order does not matter', () => {
    fc.assert(
      fc.property(
        certificates.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        days,
        receivers,
        ([all, shuffled], performedAt, at) => {
          expect(judgeMark(shuffled, performedAt, at)).toEqual(judgeMark(all, performedAt, at));
        },
      ),
    );
  });
});
