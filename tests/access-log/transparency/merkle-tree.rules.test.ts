import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  consistencyRanges,
  EMPTY_ROOT,
  inclusionRanges,
  isConsistent,
  isIncluded,
  leafHash,
  type Range,
  rootOf,
} from '../../../src/access-log/transparency/merkle-tree.ts';
import { isThere, jsonFiles } from '../../support/testdata.ts';

interface Vector {
  readonly desc: string;
  readonly wantErr: boolean;
  readonly proof: readonly string[] | null;
  readonly leafIdx?: number;
  readonly treeSize?: number;
  readonly leafHash?: string;
  readonly root?: string;
  readonly size1?: number;
  readonly size2?: number;
  readonly root1?: string;
  readonly root2?: string;
}

const bytes = (text: string | null | undefined): Buffer => Buffer.from(text ?? '', 'base64');

function isProved(it: Vector): boolean {
  const proof = (it.proof ?? []).map(bytes);
  return it.size1 === undefined
    ? isIncluded(bytes(it.leafHash), it.leafIdx ?? 0, it.treeSize ?? 0, proof, bytes(it.root))
    : isConsistent(it.size1, it.size2 ?? 0, proof, bytes(it.root1), bytes(it.root2));
}

describe.skipIf(!isThere('merkle'))('the published proof vectors', () => {
  test('each is judged as published', async () => {
    const [file] = await jsonFiles('merkle');
    const vectors = Object.entries(JSON.parse(file?.text ?? '{}') as Record<string, Vector>);

    expect(vectors).toHaveLength(59);
    expect(vectors.filter(([, it]) => isProved(it) === it.wantErr).map(([name, it]) => `${name}: ${it.desc}`)).toEqual([]);
  });
});

const leavesOf = (size: number): Buffer[] => Array.from({ length: size }, (_, at) => leafHash(Buffer.from([at % 256, at >> 8])));
const hashOver =
  (leaves: readonly Buffer[]) =>
  ({ from, until }: Range): Buffer =>
    rootOf(leaves.slice(from, until));

test('nothing has the hash of nothing; one leaf is its own root', () => {
  expect(EMPTY_ROOT.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(rootOf([]).equals(EMPTY_ROOT)).toBe(true);
  expect(rootOf(leavesOf(1)).equals(leafHash(Buffer.from([0, 0])))).toBe(true);
});

test('every leaf of every small tree is proved, and no other leaf in its place', () => {
  for (let size = 1; size <= 40; size += 1) {
    const leaves = leavesOf(size);
    const root = rootOf(leaves);
    for (let index = 0; index < size; index += 1) {
      const proof = inclusionRanges(index, size).map(hashOver(leaves));
      expect(isIncluded(leaves[index] as Buffer, index, size, proof, root)).toBe(true);
      expect(isIncluded(leafHash(Buffer.from('other')), index, size, proof, root)).toBe(false);
      expect(isIncluded(leaves[index] as Buffer, index + 1, size, proof, root)).toBe(false);
    }
  }
});

test('every older tree is proved to be the beginning of a newer one', () => {
  for (let newer = 1; newer <= 40; newer += 1) {
    const leaves = leavesOf(newer);
    for (let older = 0; older <= newer; older += 1) {
      const proof = consistencyRanges(older, newer).map(hashOver(leaves));
      expect(isConsistent(older, newer, proof, rootOf(leaves.slice(0, older)), rootOf(leaves))).toBe(true);
    }
  }
});

test('a proof with a bit turned proves nothing (property)', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 3_000 }), fc.nat(), fc.nat(), fc.nat(255), (size, at, step, bit) => {
      const leaves = leavesOf(size);
      const index = at % size;
      const proof = inclusionRanges(index, size).map(hashOver(leaves));
      const turned = proof[step % proof.length] as Buffer;
      const place = bit >> 3;
      turned[place] = (turned[place] as number) ^ (1 << (bit & 7));
      return !isIncluded(leaves[index] as Buffer, index, size, proof, rootOf(leaves));
    }),
    { numRuns: 50 },
  );
});
