/**
 * Fills the access log with so many entries, by the owner and in one statement: of the width they have at a hospital, over the last half year,
 * two looks of three. They have no place in the transparency log, since none of this happened.
 */
export async function fillAccessLog(session, entries) {
    await session.query(`insert into access_log (person, recorded_at, id, action, interaction, outcome, failure, institution, client, practitioner_system, practitioner_value,
                             practitioner_name, purpose, entities, consents, query, request_id, address)
     select person, now() - interval '180 days' * (number / $1::float8), number,
            case number % 3 when 0 then 'E' when 1 then 'R' else 'C' end,
            case number % 3 when 0 then 'priorResults' when 1 then 'readResource' else 'processBundle' end,
            case when number % 50 = 0 then 4 else 0 end, case when number % 50 = 0 then 'consent-required' end,
            hospitals[1 + number % array_length(hospitals, 1)], 'client-' || left(md5(hospitals[1 + number % array_length(hospitals, 1)]::text), 12),
            'urn:oid:2.16.156.10011.1.4', 'D-' || number % 5000, (array['林敏', '王伟', '欧阳晓岚', '李娜'])[1 + number % 4], 'TREAT',
            array[name || md5(number::text) || '/_history/1'], case when number % 3 = 2 then '{}' else array['Consent/' || md5(person::text) || '/_history/1'] end,
            case number % 3 when 0 then 'GET /fhir/Patient/' || md5(person::text) || '/$prior-results?_count=20&item=GLU' end,
            gen_random_uuid()::text, '10.' || number % 200 || '.12.' || number % 250
       from (select number, ('x' || left(md5((number % 200000)::text), 15))::bit(60)::bigint as person,
                    case when number % 3 = 2 then 'Observation/' else 'DiagnosticReport/' end as name
               from generate_series(1, $1::int) as number) as it,
            (select array_agg(institution) as hospitals from institutions) as known`, [entries]);
    await session.query('vacuum analyze access_log');
}
