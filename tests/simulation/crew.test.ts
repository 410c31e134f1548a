import { expect, test } from 'vitest';
import { Crew } from '../../src/simulation/crew.ts';
import type { Orders } from '../../src/simulation/crew-messages.ts';
import { useGateway } from '../support/gateway.ts';

const gateway = useGateway();

function orders(more: Partial<Orders> = {}): Orders {
  return {
    databaseUrl: gateway.databaseUrl,
    preset: 'township',
    seed: '1',
    people: { persons: 1, total: 2 },
    concurrency: 1,
    institutions: [],
    items: new Map(),
    ...more,
  };
}

test('a process that cannot begin says why', { timeout: 120_000 }, async () => {
  await expect(Crew.start(1, orders({ preset: 'atlantis' }), () => undefined)).rejects.toThrow(/there is no preset atlantis/);
});

test('what fails in a process fails the whole, also what comes after', { timeout: 120_000 }, async () => {
  const crew = await Crew.start(1, orders(), () => undefined);
  try {
    // Without an institution nobody can be examined.
    await expect(crew.live([0, 1])).rejects.toThrow(Error);
    await expect(crew.live([1])).rejects.toThrow(Error);
  } finally {
    await crew.close();
  }
});
