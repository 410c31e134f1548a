import { expect, test, vi } from 'vitest';
import { Revocations } from '../../src/security/revocations.ts';
import { useGateway } from '../support/gateway.ts';

const gateway = useGateway();

test('requests that have waited for longer than news keep share a few readings, and do not ask one after the other', async () => {
  const revocations = new Revocations(gateway.db);
  const arrivedAt = Date.now();
  const token = { tokenId: 'nobody', client: 'nobody' };
  const asking = vi.spyOn(gateway.db.$client, 'query');

  const asked = Array.from({ length: 20 }, (_, index) => revocations.isRevoked(token, new Date(arrivedAt - index * 2_000)));

  expect(await Promise.all(asked)).toEqual(asked.map(() => false));
  expect(asking.mock.calls.length).toBeGreaterThan(0);
  expect(asking.mock.calls.length).toBeLessThanOrEqual(3);
  asking.mockRestore();
});
