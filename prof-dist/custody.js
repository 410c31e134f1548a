import { recordAccess } from './access-log/record-access.js';
import { acceptEdition, keepEditions } from './catalogue/items/keep-editions.js';
import { findSensitiveCodes } from './catalogue/mappings/find-sensitive-codes.js';
import { acceptMappings, keepMappings } from './catalogue/mappings/keep-mappings.js';
import { conformToProfiles } from './conformance/conform-to-profiles.js';
import { expandCodes } from './conformance/expand-codes.js';
import { findPermission } from './consents/find-permission.js';
import { acceptConsent, keepConsents } from './consents/keep-consents.js';
import { SHOWN } from './faces/shown-failures.js';
import { Failure } from './failure.js';
import { acceptInstitution, keepInstitutions } from './institutions/keep-institution.js';
import { findPersons, keysOfPerson, linksAmong } from './persons/find-persons.js';
import { findUnknownDomains } from './persons/find-unknown-domains.js';
import { identifyPersons } from './persons/identify-persons.js';
import { keepMerges } from './persons/keep-merges.js';
import { KnownDomains } from './persons/known-domains.js';
import { reportIssues } from './reports/report.rules.js';
import { refuseChange } from './reports/report-change.rules.js';
/** Who does which duty for the interactions with resources. */
export function custodyOf(app) {
    const domains = new KnownDomains();
    return {
        identify: (tx, caller, patients, now) => identifyPersons(tx, caller, patients, domains, now),
        keysOfPerson,
        linksAmong,
        personsBy: (reader, caller, identifier) => findPersons(reader, caller, { identifier }),
        unknownDomains: findUnknownDomains,
        permission: findPermission,
        sensitiveCodes: findSensitiveCodes,
        accept(resources, caller, now) {
            const issues = resources.flatMap(({ path, content }) => [
                ...reportIssues(content, now).map((it) => ({ ...it, path: `${path}.${it.path}` })),
                ...acceptConsent(content, path),
                ...acceptInstitution(content, path, caller),
                ...acceptEdition(content, path, caller),
            ]);
            issues.push(...acceptMappings(resources));
            if (issues.length > 0)
                throw new Failure('rule-violated', issues);
        },
        conform: (reader, resources) => conformToProfiles(app.definitions, reader, resources),
        expand: (reader, caller, wanted, direction) => expandCodes(app.definitions, reader, caller, wanted, direction),
        acceptChanges(changes) {
            const issues = changes.flatMap(({ path, former, content, isNamed }) => {
                const issue = content['resourceType'] === 'DiagnosticReport' ? refuseChange(former, content, isNamed) : undefined;
                return issue ? [{ ...issue, path: `${path}.${issue.path}` }] : [];
            });
            if (issues.length > 0)
                throw new Failure('conflict', issues);
        },
        async keep(tx, caller, stored, now) {
            await keepMerges(tx, caller, stored, now);
            await keepInstitutions(tx, caller, stored, now);
            await keepConsents(tx, caller, stored, now);
            await keepEditions(tx, caller, stored, now);
            await keepMappings(tx, caller, stored, now);
        },
        async record(tx, caller, accesses, now) {
            if (tx)
                await recordAccess(tx, caller, accesses, now);
            else
                await app.accessLog.record(caller, accesses, now);
        },
        async refuse(caller, interaction, failure, now) {
            const { requestId, address } = caller;
            const outcome = SHOWN[failure.code].status < 500 ? 4 : 8;
            await app.accessLog.recordFailure({
                caller,
                interaction,
                failure: failure.code,
                outcome,
                person: failure.person,
                decision: failure.decision,
                query: undefined,
                requestId,
                address,
            }, now);
        },
    };
}
