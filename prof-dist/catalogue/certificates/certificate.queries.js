import { and, asc, eq, gt, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import { nameChange } from '../../database/reference-memory.js';
import { takeTurns } from '../../database/take-turns.js';
import { certificates, certificateWithdrawals } from './certificate.tables.js';
/**
 * Lets who adds and who withdraws certificates take turns until the end of the transaction: two lists at once could overlap, and each would
 * not see the other.
 */
export async function lockCertificates(tx) {
    await takeTurns(tx, 'certificates');
}
const { id, institution, item, scheme, scopeKind, scopeCode, mark, validFrom, validUntil, recordedAt } = certificates;
function select(reader) {
    return reader
        .select({
        id,
        institution,
        item,
        scheme,
        scope: { kind: scopeKind, code: scopeCode },
        mark,
        score: sql `${certificates.score}::float8`,
        validFrom,
        validUntil,
        recordedAt,
        withdrawal: {
            from: certificateWithdrawals.withdrawnFrom,
            reason: certificateWithdrawals.reason,
            recordedAt: certificateWithdrawals.recordedAt,
        },
    })
        .from(certificates)
        .leftJoin(certificateWithdrawals, eq(certificateWithdrawals.certificate, id));
}
/** All certificates of these institutions for these items, with their withdrawals. */
export async function selectCertificatesOf(reader, institutions, items) {
    return await select(reader).where(and(inArray(institution, [...institutions]), inArray(item, [...items])));
}
export async function selectCertificate(reader, wanted) {
    const [found] = await select(reader).where(eq(id, wanted));
    return found;
}
/** Certificates that fit, in the order of item, institution, first day and id; served by the index of that order. */
export async function listCertificates(reader, filter, after, limit) {
    const { day } = filter;
    return await select(reader)
        .where(and(filter.institution === undefined ? undefined : eq(institution, filter.institution), filter.item === undefined ? undefined : eq(item, filter.item), filter.scopes && or(...filter.scopes.map((it) => and(eq(scopeKind, it.kind), eq(scopeCode, it.code)))), day === undefined ? undefined : and(lte(validFrom, day), gte(validUntil, day)), day === undefined ? undefined : or(isNull(certificateWithdrawals.withdrawnFrom), gt(certificateWithdrawals.withdrawnFrom, day)), after && sql `(${item}, ${institution}, ${validFrom}, ${id}) > (${after[0]}, ${after[1]}::integer, ${after[2]}::date, ${after[3]})`))
        .orderBy(asc(item), asc(institution), asc(validFrom), asc(id))
        .limit(limit);
}
/** New certificates, in one statement and one that names the change. */
export async function insertCertificates(tx, rows, now) {
    if (rows.length === 0)
        return;
    await tx.$client.query(`insert into certificates
       (id, institution, item, scheme, scope_kind, scope_code, mark, score, valid_from, valid_until, recorded_at)
     select id, institution, item, scheme, scope ->> 'kind', scope ->> 'code', mark, score, "validFrom", "validUntil", $2
     from jsonb_to_recordset($1::jsonb) as it (id text, institution integer, item text, scheme text, scope jsonb, mark text, score numeric,
       "validFrom" date, "validUntil" date)`, [JSON.stringify(rows), now]);
    await nameChange(tx);
}
/** `false` where it was withdrawn before. */
export async function insertWithdrawal(tx, certificate, { from, reason, recordedAt: at }) {
    const inserted = await tx
        .insert(certificateWithdrawals)
        .values({ certificate, withdrawnFrom: from, reason, recordedAt: at })
        .onConflictDoNothing()
        .returning({ certificate: certificateWithdrawals.certificate });
    await nameChange(tx);
    return inserted.length === 1;
}
