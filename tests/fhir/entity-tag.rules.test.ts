import { describe, expect, test } from 'vitest';
import { isHeld, meansVersion } from '../../src/fhir/entity-tag.rules.ts';

describe('trap 9: entity tags are compared weakly, and lists and * are understood', () => {
  test.for<[string, number, boolean | undefined]>([
    ['W/"3"', 3, true],
    ['"3"', 3, true],
    ['W/"3"', 33, false],
    ['W/"33"', 3, false],
    ['"3", W/"4"', 4, true],
    ['W/"1","2" , "5"', 4, false],
    ['*', 1, true],
    ['*, "1"', 1, undefined],
    ['3', 3, true],
    ['"03"', 3, false],
    ['""', 3, false],
    ['w/"3"', 3, undefined],
    ['W/ "3"', 3, undefined],
    ['"3', 3, undefined],
    ['"1",', 1, undefined],
    ['', 1, undefined],
    ['abc', 1, undefined],
    ['"abc"', 1, false],
  ])('%s means version %d: %s', ([tags, version, meant]) => {
    expect(meansVersion(tags, version)).toBe(meant);
  });
});

describe('who has a version already', () => {
  const row = { version: 2, recordedAt: new Date('2026-03-01T08:30:00.500Z') };

  test.for<[string, Parameters<typeof isHeld>[1], boolean]>([
    ['nothing said', {}, false],
    ['its tag', { ifNoneMatch: 'W/"2"' }, true],
    ['its tag, strong', { ifNoneMatch: '"2"' }, true],
    ['anything', { ifNoneMatch: '*' }, true],
    ['another tag', { ifNoneMatch: 'W/"1"' }, false],
    ['no tag at all', { ifNoneMatch: 'yesterday' }, false],
    ['the second it was modified in', { ifModifiedSince: 'Sun, 01 Mar 2026 08:30:00 GMT' }, true],
    ['a second later', { ifModifiedSince: 'Sun, 01 Mar 2026 08:30:01 GMT' }, true],
    ['a second before', { ifModifiedSince: 'Sun, 01 Mar 2026 08:29:59 GMT' }, false],
    ['the older spelling of a date', { ifModifiedSince: 'Sunday, 01-Mar-26 08:30:00 GMT' }, true],
    ['the very instant', { ifModifiedSince: '2026-03-01T16:30:00.500+08:00' }, true],
    ['a millisecond before', { ifModifiedSince: '2026-03-01T08:30:00.499Z' }, false],
    ['no date', { ifModifiedSince: 'soon' }, false],
    ['a time without its zone', { ifModifiedSince: '2026-03-01T08:30:00' }, false],
    ['a date that is old enough, but another tag', { ifNoneMatch: '"1"', ifModifiedSince: 'Sun, 01 Mar 2026 08:30:00 GMT' }, false],
    ['a date that is too old, but its tag', { ifNoneMatch: '"2"', ifModifiedSince: 'Sun, 01 Mar 2020 08:30:00 GMT' }, true],
  ])('%s', ([, held, expected]) => {
    expect(isHeld(row, held)).toBe(expected);
  });
});
