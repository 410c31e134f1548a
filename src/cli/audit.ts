import type { Config } from '../config.ts';
import { auditKeyCommand } from './audit-key.ts';
import { auditPruneCommand } from './audit-prune.ts';
import { auditVerifyCommand } from './audit-verify.ts';

/** What `tongjian audit` can do, each by its name; each answers its exit code. */
const AUDIT_COMMANDS: Readonly<Record<string, AuditCommand>> = {
  verify: { does: 'finds what was changed, removed or inserted in the access log', run: auditVerifyCommand },
  key: { does: 'makes a key that signs the checkpoints', run: auditKeyCommand },
  prune: { does: 'takes months out of the access log whose time is over', run: auditPruneCommand },
};

interface AuditCommand {
  readonly does: string;
  run(config: Config, argv: readonly string[], print: (line: string) => void, say: (line: string) => void): Promise<number>;
}

/** `tongjian audit <command>`: answers the exit code (2: no such command). */
export async function auditCommand(
  config: Config,
  [name = '', ...argv]: readonly string[],
  print: (line: string) => void,
  say: (line: string) => void,
): Promise<number> {
  const command = Object.hasOwn(AUDIT_COMMANDS, name) ? AUDIT_COMMANDS[name] : undefined;
  if (command) return await command.run(config, argv, print, say);
  say('Usage: tongjian audit <command>');
  for (const [it, { does }] of Object.entries(AUDIT_COMMANDS)) say(`  ${it.padEnd(8)} ${does}`);
  return name === '' || name === '--help' ? 0 : 2;
}
