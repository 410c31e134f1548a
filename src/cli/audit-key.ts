import { generateKeyPairSync } from 'node:crypto';
import { originOf } from '../access-log/transparency/checkpoint.rules.ts';
import { verifierKeyOf } from '../access-log/transparency/verifier-key.ts';
import type { Config } from '../config.ts';

/**
 * `tongjian audit key`: a fresh key that signs the checkpoints of the access log, as PEM on standard output, fit for the file that
 * AUDIT_LOG_KEY_FILE names. The line before it is the public half, for auditors. Nothing is kept here.
 */
export async function auditKeyCommand(config: Config, print: (line: string) => void): Promise<number> {
  const { privateKey } = generateKeyPairSync('ed25519');
  print(verifierKeyOf(config.auditLogOrigin ?? originOf(config.publicUrl), 'ed25519', privateKey).vkey);
  print(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString().trim());
  return 0;
}
