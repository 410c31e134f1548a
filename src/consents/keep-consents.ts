import type { Transaction } from '../database/client.ts';
import { Failure, type Issue } from '../failure.ts';
import type { Json } from '../fhir/exact-json.ts';
import { findInstitutionsByOrganization, findInstitutionsByUscc } from '../institutions/find-institution.ts';
import { normaliseUscc } from '../institutions/uscc.rules.ts';
import type { StoredResource } from '../resources/custody.ts';
import { isPerson } from '../resources/resource-id.ts';
import type { Caller } from '../security/caller.ts';
import { closeConsents, upsertConsents } from './consent.queries.ts';
import { type NamedGrantee, readConsent, type StatedConsent } from './consent-resource.rules.ts';

/** Everything for which a Consent cannot be taken, before anything is stored; other resources have no reasons here. */
export function acceptConsent(content: Json, path: string): readonly Issue[] {
  return content['resourceType'] === 'Consent' ? readConsent(content, path).issues : [];
}

/**
 * Lets the consents follow the Consent resources just stored, in the same transaction: what is permitted changes with the commit.
 *
 * At most one statement each for Organizations, credit codes, rows and deletions. Throws `rule-violated` for a recipient that takes no
 * part in the exchange, and for a Consent in force that is about no Patient here: either would permit or deny nothing, unnoticed.
 */
export async function keepConsents(tx: Transaction, caller: Caller, stored: readonly StoredResource[], now: Date): Promise<void> {
  const resources = stored.filter((it) => it.type === 'Consent');
  if (resources.length === 0) return;

  const versions = resources.flatMap((it) => (it.content ? [{ ...it, stated: readConsent(it.content, 'Consent').stated }] : []));
  const placeless = versions.find((it) => it.stated.active && !isPerson(it.person));
  if (placeless) {
    throw new Failure('rule-violated', {
      path: 'Consent.patient.reference',
      en: 'must refer to a Patient that this institution has published or publishes with it',
      zh: '必须引用本机构已发布或随本次一并发布的患者',
    });
  }
  const numbers = await resolveGrantees(
    tx,
    versions.flatMap((it) => it.stated.grantees),
  );
  await upsertConsents(
    tx,
    versions.map(({ person, id, version, stated }) => ({
      ...columnsOf(stated, numbers),
      person,
      id,
      version,
      institution: caller.institution,
      recordedAt: now,
    })),
  );
  await closeConsents(
    tx,
    resources.filter((it) => it.content === null),
  );
}

function columnsOf(stated: StatedConsent, numbers: ReadonlyMap<NamedGrantee, number>) {
  const { active, decision, categories, purposes, validFrom, validUntil, method } = stated;
  return {
    active,
    decision,
    categories: [...categories],
    purposes: [...purposes],
    validFrom,
    validUntil,
    method,
    grantees: stated.grantees.flatMap((it) => numbers.get(it) ?? []),
  };
}

async function resolveGrantees(tx: Transaction, grantees: readonly NamedGrantee[]): Promise<ReadonlyMap<NamedGrantee, number>> {
  const byOrganization = await findInstitutionsByOrganization(tx, [
    ...new Set(grantees.flatMap((it) => ('organization' in it ? it.organization : []))),
  ]);
  const byUscc = await findInstitutionsByUscc(tx, [
    ...new Set(grantees.flatMap((it) => ('identifier' in it ? normaliseUscc(it.identifier) : []))),
  ]);
  const numbers = new Map<NamedGrantee, number>();
  const issues: Issue[] = [];
  for (const grantee of grantees) {
    const found = 'organization' in grantee ? byOrganization.get(grantee.organization) : byUscc.get(normaliseUscc(grantee.identifier));
    if (found) numbers.set(grantee, found.institution);
    else issues.push({ path: grantee.path, en: 'is not an institution that takes part in the exchange', zh: '所指机构未接入本互认平台' });
  }
  if (issues.length > 0) throw new Failure('rule-violated', issues);
  return numbers;
}
