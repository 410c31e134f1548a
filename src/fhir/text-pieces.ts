/**
 * JSON text in pieces that follow each other. A long answer is made of the texts of many resources: written one by one into bytes they are read once,
 * while joined to one text first they are copied into it, flattened, counted and read again, each time at two bytes a character where a single one
 * of them is Chinese.
 */
export type TextPieces = readonly string[];

const CHUNK_BYTES = 64 * 1024;
/** A UTF-16 unit takes at most so many bytes of UTF-8. */
const BYTES_PER_UNIT = 3;

/** The text in UTF-8. */
export function bytesOf(pieces: TextPieces): Buffer {
  const full: Buffer[] = [];
  let chunk = Buffer.allocUnsafe(0);
  let used = 0;
  for (const piece of pieces) {
    const needed = piece.length * BYTES_PER_UNIT;
    if (used + needed > chunk.length) {
      full.push(chunk.subarray(0, used));
      chunk = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, needed));
      used = 0;
    }
    used += chunk.write(piece, used);
  }
  return Buffer.concat([...full, chunk.subarray(0, used)]);
}

/** The pieces with a comma between every two. */
export function parted(list: readonly TextPieces[]): TextPieces {
  return list.flatMap((it, index) => (index === 0 ? it : [',', ...it]));
}
