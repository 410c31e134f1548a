import pg from 'pg';
import { vi } from 'vitest';

/** The statements that the gateway sends while something is done, by their names; what it asks in its own time is left out. */
export async function statementsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    return query.mock.calls
      .map(([asked]) => asked as unknown as string | { name?: string; text: string })
      .map((it) => (typeof it === 'string' ? it : (it.name ?? it.text)))
      .filter((it) => !/read_revocations|signing_keys|packages-/.test(it));
  } finally {
    query.mockRestore();
  }
}
