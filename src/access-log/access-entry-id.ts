/** Where an entry of the log is: the first two parts lead to it, the third tells it from others of the same person and millisecond. */
export interface AccessKey {
  readonly person: bigint;
  readonly recordedAt: Date;
  readonly id: bigint;
}

/** The id callers see, also as `AuditEvent/{id}`: 44 hexadecimal digits, so that a read needs no index but the primary key. */
export function encodeAccessId({ person, recordedAt, id }: AccessKey): string {
  return hex(person, 16) + hex(recordedAt.getTime(), 12) + hex(id, 16);
}

/** The inverse of `encodeAccessId`; `undefined` for a text that no entry can have as its id. */
export function decodeAccessId(text: string): AccessKey | undefined {
  if (!/^[0-7][0-9a-f]{15}0[0-9a-f]{11}[0-7][0-9a-f]{15}$/.test(text)) return undefined;
  return {
    person: BigInt(`0x${text.slice(0, 16)}`),
    recordedAt: new Date(Number.parseInt(text.slice(16, 28), 16)),
    id: BigInt(`0x${text.slice(28)}`),
  };
}

function hex(value: bigint | number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
