/** How a patient's consent was given (domain: on site by QR code or ID card, SMS code, signed paper, app, guardian or carer). */
export const CONSENT_METHODS = ['on-site-qr', 'on-site-id-card', 'sms-code', 'signed-paper', 'standing-authorisation', 'guardian'];
/** Codes for the kinds of result, in `provision.class`. */
export const CATEGORY_SYSTEM = 'https://tongjian.example/fhir/CodeSystem/result-category';
/** Extension of Consent with a `valueCode` out of CONSENT_METHODS. */
export const METHOD_EXTENSION = 'https://tongjian.example/fhir/StructureDefinition/consent-method';
/** What a Consent made by the flat route refers to as its policy. */
export const SHARING_POLICY = 'https://tongjian.example/fhir/policy/result-sharing';
export const SCOPE_SYSTEM = 'http://terminology.hl7.org/CodeSystem/consentscope';
export const PARTICIPATION_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
export const PURPOSE_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
export const POLICY_RULE_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
