const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

let people = 0;

/** A valid identity card number that no other test has: the running number is spread over birth date and sequence. */
export function freshIdCard(): string {
  people += 1;
  const day = new Date(Date.UTC(1950, 0, 1 + ((process.pid * 31 + Math.floor(people / 900)) % 20_000)));
  const first17 = `500112${day.toISOString().slice(0, 10).replaceAll('-', '')}${String(100 + (people % 900)).padStart(3, '0')}`;
  return first17 + checkCharacter(first17);
}

/** GB 11643: the character that follows the first seventeen digits. */
export function checkCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return '10X98765432'[sum % 11] as string;
}

export function birthDateOf(idCard: string): string {
  return `${idCard.slice(6, 10)}-${idCard.slice(10, 12)}-${idCard.slice(12, 14)}`;
}
