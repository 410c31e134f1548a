import type { FastifyInstance } from 'fastify';
import { recordAccess } from './access-log/record-access.ts';
import { acceptEdition, keepEditions } from './catalogue/items/keep-editions.ts';
import { recallSensitiveCodes } from './catalogue/mappings/find-sensitive-codes.ts';
import { acceptMappings, keepMappings } from './catalogue/mappings/keep-mappings.ts';
import { conformToProfiles } from './conformance/conform-to-profiles.ts';
import { expandCodes } from './conformance/expand-codes.ts';
import { findPermission } from './consents/find-permission.ts';
import { acceptConsent, keepConsents } from './consents/keep-consents.ts';
import { SHOWN } from './faces/shown-failures.ts';
import { Failure } from './failure.ts';
import { acceptInstitution, keepInstitutions } from './institutions/keep-institution.ts';
import { findPersons, keysOfPerson, linksAmong } from './persons/find-persons.ts';
import { findUnknownDomains } from './persons/find-unknown-domains.ts';
import { identifyPersons } from './persons/identify-persons.ts';
import { keepMerges } from './persons/keep-merges.ts';
import { KnownDomains } from './persons/known-domains.ts';
import { reportIssues } from './reports/report.rules.ts';
import { refuseChange } from './reports/report-change.rules.ts';
import type { Custody } from './resources/custody.ts';

/** Who does which duty for the interactions with resources. */
export function custodyOf(app: FastifyInstance): Custody {
  const domains = new KnownDomains();
  return {
    identify: (tx, caller, patients, now) => identifyPersons(tx, caller, patients, domains, now),
    keysOfPerson,
    linksAmong,
    personsBy: (reader, caller, identifier) => findPersons(reader, caller, { identifier }),
    unknownDomains: findUnknownDomains,
    permission: findPermission,
    sensitiveCodes: recallSensitiveCodes,
    accept(resources, caller, now) {
      const issues = resources.flatMap(({ path, content }) => [
        ...reportIssues(content, now).map((it) => ({ ...it, path: `${path}.${it.path}` })),
        ...acceptConsent(content, path),
        ...acceptInstitution(content, path, caller),
        ...acceptEdition(content, path, caller),
      ]);
      issues.push(...acceptMappings(resources));
      if (issues.length > 0) throw new Failure('rule-violated', issues);
    },
    conform: (reader, resources) => conformToProfiles(app.definitions, reader, resources),
    expand: (reader, caller, wanted, direction) => expandCodes(app.definitions, reader, caller, wanted, direction),
    acceptChanges(changes) {
      const issues = changes.flatMap(({ path, former, content, isNamed }) => {
        const issue = content['resourceType'] === 'DiagnosticReport' ? refuseChange(former, content, isNamed) : undefined;
        return issue ? [{ ...issue, path: `${path}.${issue.path}` }] : [];
      });
      if (issues.length > 0) throw new Failure('conflict', issues);
    },
    async keep(tx, caller, stored, now) {
      await keepMerges(tx, caller, stored, now);
      await keepInstitutions(tx, caller, stored, now);
      await keepConsents(tx, caller, stored, now);
      await keepEditions(tx, caller, stored, now);
      await keepMappings(tx, caller, stored, now);
    },
    async record(tx, caller, accesses, now) {
      if (tx) await recordAccess(tx, caller, accesses, now);
      else await app.accessLog.record(caller, accesses, now);
    },
    async refuse(caller, interaction, failure, now) {
      const { requestId, address } = caller;
      const outcome = SHOWN[failure.code].status < 500 ? 4 : 8;
      await app.accessLog.recordFailure(
        {
          caller,
          interaction,
          failure: failure.code,
          outcome,
          person: failure.person,
          decision: failure.decision,
          query: undefined,
          requestId,
          address,
        },
        now,
      );
    },
  };
}
