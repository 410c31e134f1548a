/**
 * The secret of this purpose that all gateways of a database share: the one that is kept, else `fresh`. Of several that are made at once, one is
 * kept.
 */
export async function serverSecret(reader, purpose, fresh, now) {
    for (;;) {
        const { rows } = await reader.$client.query({
            name: 'server-secret',
            text: `with known as (select secret from server_secrets where purpose = $1),
                  made as (insert into server_secrets (purpose, secret, made_at)
                           select $1, $2, $3 where not exists (select from known) on conflict do nothing returning secret)
             select secret from known union all select secret from made`,
            values: [purpose, fresh, now],
        });
        if (rows[0])
            return rows[0].secret;
    }
}
