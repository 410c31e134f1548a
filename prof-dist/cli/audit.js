import { auditKeyCommand } from './audit-key.js';
import { auditPruneCommand } from './audit-prune.js';
import { auditVerifyCommand } from './audit-verify.js';
/** What `tongjian audit` can do, each by its name; each answers its exit code. */
const AUDIT_COMMANDS = {
    verify: { does: 'finds what was changed, removed or inserted in the access log', run: auditVerifyCommand },
    key: { does: 'makes a key that signs the checkpoints', run: auditKeyCommand },
    prune: { does: 'takes months out of the access log whose time is over', run: auditPruneCommand },
};
/** `tongjian audit <command>`: answers the exit code (2: no such command). */
export async function auditCommand(config, [name = '', ...argv], print, say) {
    const command = Object.hasOwn(AUDIT_COMMANDS, name) ? AUDIT_COMMANDS[name] : undefined;
    if (command)
        return await command.run(config, argv, print, say);
    say('Usage: tongjian audit <command>');
    for (const [it, { does }] of Object.entries(AUDIT_COMMANDS))
        say(`  ${it.padEnd(8)} ${does}`);
    return name === '' || name === '--help' ? 0 : 2;
}
