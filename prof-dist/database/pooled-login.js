import { GATEWAY_ROLE } from './gateway-role.js';
import { UnusableDatabase } from './unusable-database.js';
/**
 * Sees to it that a login that works through a pooler works as the gateway, and within a time: a session that is lent for a transaction keeps no
 * wish of whoever borrows it, so that both have to be settings of the login itself. Throws UnusableDatabase and says how to make them.
 */
export async function requirePooledLogin(connection) {
    const { rows } = await connection.query("select session_user::text as login, current_user::text as role, current_setting('statement_timeout') as limit");
    const [{ login, role, limit } = { login: '', role: '', limit: '0' }] = rows;
    const missing = [
        ...(role === GATEWAY_ROLE ? [] : [`alter role "${login}" set role = ${GATEWAY_ROLE};`]),
        ...(limit !== '0' ? [] : [`alter role "${login}" set statement_timeout = '10s';`]),
    ];
    if (missing.length === 0)
        return;
    throw new UnusableDatabase(`Through a pooler the login "${login}" works as "${role}"${limit === '0' ? ' and without a limit of time' : ''}. An administrator of the server has to run once, ` +
        `and then to let the pooler connect anew: ${missing.join(' ')}`);
}
