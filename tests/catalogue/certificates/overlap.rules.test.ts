import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CertificateRow } from '../../../src/catalogue/certificates/certificate.rules.ts';
import { compareCertificates, type FormerCertificate } from '../../../src/catalogue/certificates/overlap.rules.ts';

const year: CertificateRow = {
  institution: 7,
  item: 'K',
  scheme: '常规化学 2026',
  scope: { kind: 'province', code: '50' },
  mark: '渝HR',
  score: 90,
  validFrom: '2026-01-01',
  validUntil: '2026-12-31',
};
const stored = (but: Partial<FormerCertificate> = {}): FormerCertificate => ({ ...year, id: 'hr-stored', withdrawal: null, ...but });
const withdrawn = (from: string) => stored({ withdrawal: { from } });

/** `repeats`, `new` or `refused`. */
function outcome(row: CertificateRow, former: readonly FormerCertificate[]): string {
  const comparison = compareCertificates([{ row, place: 'row 2' }], former);
  if ('faults' in comparison) return 'refused';
  return comparison.repeated[0] ? 'repeats' : 'new';
}

describe('a row beside a stored certificate', () => {
  test.for<[string, Partial<CertificateRow>, FormerCertificate, string]>([
    ['that says the same', {}, stored(), 'repeats'],
    ['that says the same and was withdrawn', {}, withdrawn('2026-03-01'), 'repeats'],
    ['of another score', { score: 91 }, stored(), 'refused'],
    ['without a score', { score: null }, stored(), 'refused'],
    ['of another mark', { mark: '重庆HR' }, stored(), 'refused'],
    ['ending on its first day', { validFrom: '2025-01-01', validUntil: '2026-01-01' }, stored(), 'refused'],
    ['ending the day before', { validFrom: '2025-01-01', validUntil: '2025-12-31' }, stored(), 'new'],
    ['beginning on its last day', { validFrom: '2026-12-31', validUntil: '2027-12-31' }, stored(), 'refused'],
    ['beginning the day after', { validFrom: '2027-01-01', validUntil: '2027-12-31' }, stored(), 'new'],
    ['around it', { validFrom: '2025-01-01', validUntil: '2027-12-31' }, stored(), 'refused'],
    ['within it', { validFrom: '2026-05-01', validUntil: '2026-05-01' }, stored(), 'refused'],
    ['on the last day before its withdrawal', { validFrom: '2026-05-31' }, withdrawn('2026-06-01'), 'refused'],
    ['on the day of its withdrawal', { validFrom: '2026-06-01' }, withdrawn('2026-06-01'), 'new'],
    ['corrected, after it was withdrawn from its first day', { score: 91 }, withdrawn('2026-01-01'), 'new'],
    ['corrected, after it was withdrawn from its second day', { score: 91 }, withdrawn('2026-01-02'), 'refused'],
    ['of another institution', { institution: 8, score: 91 }, stored(), 'new'],
    ['of another item', { item: 'NA', score: 91 }, stored(), 'new'],
    ['of another scheme', { scheme: '常规化学 2027', score: 91 }, stored(), 'new'],
    ['of another kind of scope', { scope: { kind: 'region', code: '50' }, score: 91 }, stored(), 'new'],
    ['of another scope', { scope: { kind: 'province', code: '51' }, score: 91 }, stored(), 'new'],
  ])('%s', ([, but, former, expected]) => {
    expect(outcome({ ...year, ...but }, [former])).toBe(expected);
  });
});

test('two rows that say the same are one too many', () => {
  const comparison = compareCertificates(
    ['row 2', 'row 3'].map((place) => ({ row: year, place })),
    [stored()],
  );
  expect(comparison).toMatchObject({ faults: [{ path: 'row 3' }] });
});

const day = fc.integer({ min: 1, max: 9 }).map((it) => `2026-01-0${it}`);
const rows = fc.array(
  fc
    .tuple(fc.constantFrom('K', 'NA'), day, day)
    .map(([item, a, b]) => ({ ...year, item, validFrom: a < b ? a : b, validUntil: a < b ? b : a })),
  { maxLength: 6 },
);
const isTaken = (list: readonly CertificateRow[], former: readonly FormerCertificate[] = []) =>
  !(
    'faults' in
    compareCertificates(
      list.map((row, index) => ({ row, place: `row ${index}` })),
      former,
    )
  );

describe('whatever the list', () => {
  test('it is taken if no day of an item is there twice', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const days = list.flatMap(({ item, validFrom, validUntil }) =>
          Array.from({ length: 9 }, (_, index) => `2026-01-0${index + 1}`)
            .filter((it) => validFrom <= it && it <= validUntil)
            .map((it) => `${item} ${it}`),
        );
        expect(isTaken(list)).toBe(new Set(days).size === days.length);
      }),
    );
  });

  test('its order does not matter, and it can be sent again', () => {
    fc.assert(
      fc.property(rows, (list) => {
        expect(isTaken(list.toReversed())).toBe(isTaken(list));
        const kept = list.map((row, index) => ({ ...row, id: `hr-${index}`, withdrawal: null }));
        if (isTaken(list)) expect(isTaken(list, kept)).toBe(true);
      }),
    );
  });
});
