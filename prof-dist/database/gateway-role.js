import pg from 'pg';
import { UnusableDatabase } from './unusable-database.js';
/**
 * The role a gateway works under, whoever it logs in as: it may add evidence, but neither change nor remove it. The migrations grant
 * to it, table by table; a table nobody granted is closed to it.
 */
export const GATEWAY_ROLE = 'tongjian_gateway';
const DUPLICATE_OBJECT = '42710';
const UNIQUE_VIOLATION = '23505';
const INTERNAL_ERROR = 'XX000';
const PERMISSION_DENIED = '42501';
const ATTEMPTS_MAX = 10;
/** Whether the role exists, and whether this login may take it on. */
export async function gatewayRole(connection) {
    // Since PostgreSQL 16 a member may lack the right to take the role on, as the login that created it does.
    const { rows } = await connection.query(`select case when current_setting('server_version_num')::int >= 160000
                 then pg_has_role(current_user, oid, 'set') else pg_has_role(current_user, oid, 'member') end as open
       from pg_roles where rolname = $1`, [GATEWAY_ROLE]);
    const [role] = rows;
    if (!role)
        return 'absent';
    return role.open ? 'open' : 'closed';
}
/**
 * Creates the role if the server has none, and makes this login a member.
 *
 * Roles belong to a whole server, so that migrators of other databases may do the same at the same moment, and no advisory lock reaches
 * across databases: who comes second finds the work done and goes on. Throws UnusableDatabase when the login may not do it.
 */
export async function ensureGatewayRole(connection) {
    for (let attempt = 1;; attempt += 1) {
        const state = await gatewayRole(connection);
        if (state === 'open')
            return;
        try {
            await connection.query(state === 'absent' ? `create role ${GATEWAY_ROLE} nologin` : `grant ${GATEWAY_ROLE} to current_user`);
        }
        catch (error) {
            if (!(error instanceof pg.DatabaseError))
                throw error;
            if (error.code === PERMISSION_DENIED) {
                throw new UnusableDatabase(`The login of DATABASE_URL may not ${state === 'absent' ? 'create' : 'join'} the role ${GATEWAY_ROLE}. ` +
                    `An administrator of the server has to run once: create role ${GATEWAY_ROLE} nologin; grant ${GATEWAY_ROLE} to <that login>;`, { cause: error });
            }
            const overtaken = [DUPLICATE_OBJECT, UNIQUE_VIOLATION, INTERNAL_ERROR].includes(error.code ?? '');
            if (!overtaken || attempt === ATTEMPTS_MAX)
                throw error;
        }
    }
}
