import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifierKeyOf } from '../../../src/access-log/transparency/verifier-key.ts';
import { useGateway } from '../../support/gateway.ts';

const gateway = useGateway();

/** Checkpoints of these sizes. */
async function signed(from: number, to: number): Promise<void> {
  await gateway.db.$client.query(
    `insert into audit_log_checkpoints (size, root, note, signed_at)
     select size, decode('00', 'hex'), 'size ' || size || E'\n', now() from generate_series($1::int, $2::int) as size`,
    [from, to],
  );
}

/** The first so many witnesses stand for checkpoints of these sizes. */
async function cosigned(from: number, to: number, witnesses: number): Promise<void> {
  await gateway.db.$client.query(
    `insert into audit_log_cosignatures (size, witness, line, received_at)
     select size, 'witness ' || it, 'line ' || it, now() from generate_series($1::int, $2::int) as size, generate_series(1, $3::int) as it
     on conflict do nothing`,
    [from, to, witnesses],
  );
}

test('only the newest thousand cosigned sizes are looked through, and for no more witnesses than were ever registered', async () => {
  const vkeys = ['a', 'b', 'c'].map((it) => {
    const { privateKey } = generateKeyPairSync('ed25519');
    return verifierKeyOf(`witness.example/${it}`, 'cosignature/v1', privateKey).vkey;
  });
  const operator = await gateway.register({ scopes: ['operator'] });
  // Of three that were registered one is left: what the others said stands.
  await operator.put('/v1/audit-log/witnesses', { witnesses: vkeys });
  await operator.put('/v1/audit-log/witnesses', { witnesses: vkeys.slice(0, 1) });
  await signed(1, 1_002);
  await cosigned(1, 1, 3);
  await cosigned(2, 2, 2);
  await cosigned(3, 1_001, 1);

  const answers = await Promise.all([0, 1, 2, 3, 4, 64].map(shown));
  await cosigned(1_001, 1_001, 64);
  const later = await Promise.all([3, 4, 64].map(shown));

  expect(answers).toEqual(['size 1002', 'size 1001', 'size 2', 404, 404, 404]);
  expect(later).toEqual(['size 1001', 404, 404]);
});

/** The checkpoint that so many witnesses stand for; else the status. */
async function shown(witnesses: number): Promise<string | number | undefined> {
  const { statusCode, body } = await gateway.app.inject(`/audit-log/checkpoint?witnesses=${witnesses}`);
  return statusCode === 200 ? body.split('\n')[0] : statusCode;
}
