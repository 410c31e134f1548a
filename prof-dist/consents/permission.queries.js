import { pathBits, pathNumber, typeBits, VALUE_MASK } from '../fhir/search-hash.js';
import { hashIdentifier } from '../resources/hash.js';
import { encodeId } from '../resources/resource-id.js';
import { rulesOf } from './consent-row.rules.js';
import { DEFAULT_POLICY, policyAfter } from './implicit-policy.rules.js';
/** Where Groups and CareTeams name their members, and a PractitionerRole its practitioner and its organisation. */
const MEMBER_PATHS = ['member.entity', 'participant.member', 'practitioner'].map((it) => pathBits(pathNumber(it)));
/**
 * The consents on file about a human being (all keys of whom are given), what the caller's institution is part of, whether the acting clinician is
 * one of the people that those consents name, and the implicit policy in force there. One statement, by primary keys, also for nobody; one more
 * where a consent names people.
 */
export async function findGrounds(reader, persons, caller, at) {
    const { rows } = await reader.$client.query({
        name: 'find-consents-concerning',
        text: `
      with recursive chain as (
        select institution, organization, part_of, district from institutions where institution = $2
        union
        select up.institution, up.organization, up.part_of, up.district from chain join institutions up on up.organization = chain.part_of),
      about as (
        select (select array_agg(institution) from chain) as institutions,
               (select array_agg(id) from chain cross join unnest(array[organization, part_of]) as id where id is not null) as organizations,
               (select policy from consent_policies p
                 where p.valid_from <= $3 and exists (select from chain where institution = $2 and starts_with(district, p.division))
                 order by length(division) desc, valid_from desc, version desc limit 1) as policy,
               exists (select from consents w where w.person = any ($1::bigint[]) and not w.active and w.decision = 'permit')
                 as "isPermitTakenBack")
      select about.*, c.person, c.id, c.version, c.decision, c.grantees, c.categories, c.purposes, c.valid_from as "validFrom",
             c.valid_until as "validUntil", c.rules
        from about left join consents c on c.person = any ($1::bigint[]) and c.active and (c.valid_until is null or c.valid_until >= $3)`,
        values: [persons.map(String), caller.institution, at],
    });
    const [first] = rows;
    const regionPolicy = first?.policy ?? DEFAULT_POLICY;
    const organizations = first?.organizations ?? [];
    const named = rows.flatMap((it) => it.rules?.people ?? []);
    return {
        consents: rows.flatMap((row) => (row.person === null ? [] : [consentOf(row, row.person)])),
        asker: {
            institutions: first?.institutions ?? [caller.institution],
            organizations,
            people: new Map(named.length > 0 ? (await findNamedPeople(reader, named, organizations, caller)).flatMap(peopleOf) : []),
        },
        policy: policyAfter(regionPolicy, first?.isPermitTakenBack === true),
        regionPolicy,
        namesPeople: named.length > 0,
    };
}
/**
 * Of the people that consents name, who is there, and whether the acting clinician is among them, as far as that can be told: where the
 * clinician is known by the identifier given. A PractitionerRole with an organisation counts only where the caller acts for that. By primary keys, also for nobody.
 */
export async function findNamedPeople(reader, named, organizations, { practitioner }) {
    const { rows } = await reader.$client.query({
        name: 'find-named-people',
        text: `
      with clinician as materialized (
        select k.person, k.id, (k.person # k.id # $4::bigint) & $5::bigint as value from resource_keys k where k.key = $3::uuid)
      select r.type, r.person::text, r.id::text,
             case when not exists (select from clinician) then null
                  when r.type = 'Practitioner' then exists (select from clinician k where k.person = r.person and k.id = r.id)
                  else exists (select from clinician k cross join unnest($6::bigint[]) as path where r.tokens @> array[path | k.value])
                   and (r.type <> 'PractitionerRole' or not exists (select from unnest(r.tokens) as t where t >> 48 = $7::bigint >> 48)
                        or exists (select from unnest($2::text[]) as o
                                    where length(o) = 32 and r.tokens @> array[$7::bigint | (
                                      (('x' || left(o, 16))::bit(64)::bigint # ('x' || right(o, 16))::bit(64)::bigint # $8::bigint) & $5::bigint)]))
             end as "isAsker"
        from unnest($1::text[], $9::bigint[], $10::bigint[]) as it(type, person, id)
       cross join lateral (
         select type, person, id, tokens from resources where person = it.person and id = it.id and type = it.type and not deleted offset 0) r`,
        values: [
            named.map((it) => it.type),
            organizations,
            practitioner === null ? null : hashIdentifier('Practitioner', practitioner),
            typeBits('Practitioner'),
            VALUE_MASK,
            MEMBER_PATHS,
            pathBits(pathNumber('organization')),
            typeBits('Organization'),
            named.map((it) => it.person),
            named.map((it) => it.id),
        ],
    });
    return rows;
}
function consentOf(row, person) {
    const id = encodeId({ person: BigInt(person), id: BigInt(row.id) });
    return { reference: `Consent/${id}/_history/${row.version}`, active: true, rules: rulesOf(row) };
}
function peopleOf({ type, person, id, isAsker }) {
    return isAsker === null ? [] : [[`${type}/${encodeId({ person: BigInt(person), id: BigInt(id) })}`, isAsker]];
}
