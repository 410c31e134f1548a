import type { Issue } from '../failure.ts';
import type { Json } from '../fhir/exact-json.ts';
import type { ConsentRequest } from './consent.schema.ts';
import { readConsentPeriod } from './consent-period.rules.ts';
import { CATEGORY_SYSTEM, METHOD_EXTENSION, PARTICIPATION_SYSTEM, SCOPE_SYSTEM, SHARING_POLICY } from './consent-vocabulary.ts';

/** What is wrong with a flat consent beyond its form, in the words of the flat body. */
export function checkConsentRequest(request: ConsentRequest): readonly Issue[] {
  const issues: Issue[] = [];
  readConsentPeriod(periodOf(request), '', issues);
  const named = issues.map((it) => ({ ...it, path: it.path === '.start' ? 'validFrom' : 'validUntil' }));
  if (request.method === 'guardian' && !request.guardian) {
    named.push({
      path: 'guardian',
      en: 'is missing; the method guardian needs the name of whoever decided',
      zh: '缺失；由监护人代为授权时须填写监护人姓名',
    });
  }
  return named;
}

/** Where the Consent's references lead. */
export interface ConsentReferences {
  /** `Patient/…` */
  readonly patient: string;
  /** Of the institution that records it. */
  readonly recorder: Json;
  /** Absent: any institution. */
  readonly grantee?: Json;
}

/** The FHIR Consent (R4) that says what the flat body says; `readConsent` reads the same back. */
export function consentResource(request: ConsentRequest, references: ConsentReferences, now: Date): Json {
  const period = periodOf(request);
  const classes = (request.categories ?? []).map((code) => ({ system: CATEGORY_SYSTEM, code }));
  return {
    resourceType: 'Consent',
    extension: [{ url: METHOD_EXTENSION, valueCode: request.method }],
    status: 'active',
    scope: { coding: [{ system: SCOPE_SYSTEM, code: 'patient-privacy' }] },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0', display: 'Consent Document' }] }],
    patient: { reference: references.patient },
    dateTime: now.toISOString(),
    performer: [request.guardian ? { display: request.guardian } : { reference: references.patient }],
    organization: [references.recorder],
    policy: [{ uri: SHARING_POLICY }],
    provision: {
      type: request.decision,
      ...(period ? { period } : {}),
      ...(references.grantee
        ? { actor: [{ role: { coding: [{ system: PARTICIPATION_SYSTEM, code: 'IRCP' }] }, reference: references.grantee }] }
        : {}),
      ...(classes.length > 0 ? { class: classes } : {}),
    },
  };
}

function periodOf({ validFrom, validUntil }: ConsentRequest): Json | undefined {
  if (validFrom === undefined && validUntil === undefined) return undefined;
  return { ...(validFrom === undefined ? {} : { start: validFrom }), ...(validUntil === undefined ? {} : { end: validUntil }) };
}
