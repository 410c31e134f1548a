/**
 * The requirements of CDS Hooks 2.0, of its library of hooks (STU 1) and of Da Vinci CRD 2.0.1 on a service, as their published list numbers
 * them: by which test each is met, or why it does not apply here.
 */
export interface Requirement {
  readonly set: string;
  readonly ids: readonly number[];
  /** `file: title` of a test that would fail were it not met. */
  readonly tests?: readonly string[];
  /** Why no test meets it. */
  readonly reason?: string;
}

const HOOKS = 'cds-hooks_2.0';
const LIBRARY = 'cds-hooks-library_1.0.1';
const CRD = 'hl7.fhir.us.davinci-crd_2.0.1';

const met = (set: string, ids: readonly number[], ...tests: readonly string[]): Requirement => ({ set, ids, tests });
const notHere = (set: string, ids: readonly number[], reason: string): Requirement => ({ set, ids, reason });

const TLS = 'TLS is ended in front of the gateway, by whoever runs it (README, "Running it for others").';
const CORS =
  'The JWT is signed by a private key, which a browser would show to everybody who opens it: clients of this service are servers, so that no cross-origin request is answered.';
const PAYER =
  'CRD asks payers about coverage, prior authorisation and their forms. This service recognises results, and does not claim CRD.';

const CARD =
  'order-entry.test.ts: gets a card with source, date, validity, link, one suggestion that deletes it, and the reasons of the region';
const CARD_FORM =
  'card.rules.test.ts: has no empty member, a summary of less than 140 characters, and selectionBehavior with its suggestions';
const DISCOVERY = 'patient-view.test.ts: lists a service a hook, with templates of reads by id';
const SAMPLE_CARDS = 'published-samples.test.ts: cards have the form of those of the samples';
const WRONG = 'patient-view.test.ts: a request that is wrong in itself';

export const REQUIREMENTS: readonly Requirement[] = [
  met(HOOKS, [1], 'patient-view.test.ts: no JSON at all', 'authentication.test.ts: without a JWT is 401, with what to send'),
  notHere(HOOKS, [2, 168], TLS),
  met(HOOKS, [3], CARD_FORM),
  met(HOOKS, [4, 5, 6, 7, 8, 9, 10, 11, 12, 13], DISCOVERY, 'published-samples.test.ts: the services have the form of those of the sample'),
  met(HOOKS, [14, 76], 'authentication.test.ts: without a JWT is 401, with what to send', WRONG),
  met(HOOKS, [16], CARD),
  notHere(HOOKS, [27], 'Measured by the benchmark, not by a test: no test asserts a time.'),
  met(HOOKS, [28, 29, 35, 36], DISCOVERY, CARD),
  met(HOOKS, [34, 60], 'ehr-reader.test.ts: patient and clinician, with the token of the call'),
  met(
    HOOKS,
    [52],
    'ehr-reader.test.ts: where the prefetch has an OperationOutcome in its place',
    'chart.rules.test.ts: a key of a prefetch',
  ),
  met(HOOKS, [54], 'ehr-reader.test.ts: without a prefetch and without a FHIR server'),
  met(HOOKS, [55, 56, 57, 58, 59], DISCOVERY),
  met(
    HOOKS,
    [61],
    'ehr-reader.test.ts: patient and clinician, with the token of the call',
    'ehr-reader.test.ts: where the registered FHIR server is named, but no token is brought',
  ),
  met(HOOKS, [74], CARD, 'published-samples.test.ts: %s is answered with cards'),
  notHere(HOOKS, [75], 'Nothing is changed without the clinician, so there are no systemActions.'),
  met(HOOKS, [77], 'order-entry.test.ts: where nothing was examined before'),
  met(
    HOOKS,
    [78, 210, 211, 212],
    DISCOVERY,
    'order-entry.test.ts: what was shown when the order was selected and not answered is the same card when it is signed',
  ),
  met(HOOKS, [80, 82], CARD, 'card.rules.test.ts: is one of version 8 and leads back to the card, in large letters as well'),
  met(HOOKS, [81], 'patient-view.test.ts: gets one card that lists what may be recognised, the newest first, and takes no feedback'),
  met(HOOKS, [83], CARD_FORM),
  met(HOOKS, [84, 85], CARD, 'card.rules.test.ts: whatever is in it, it is one cell of one line'),
  met(HOOKS, [87, 88, 89], CARD, 'order-entry.test.ts: for an order that was not selected'),
  met(HOOKS, [90, 105, 106, 107, 108, 109], CARD, SAMPLE_CARDS),
  met(HOOKS, [92, 93, 95, 96], CARD, CARD_FORM),
  met(HOOKS, [94], 'patient-view.test.ts: gets one card that lists what may be recognised, the newest first, and takes no feedback'),
  met(HOOKS, [98, 99, 100, 136, 216, 217, 218, 219], CARD),
  met(HOOKS, [103, 104, 110, 138, 139, 140, 141, 142, 147], CARD, SAMPLE_CARDS),
  notHere(HOOKS, [111, 112, 113], 'Cards carry no icon.'),
  notHere(HOOKS, [115, 116, 220], 'Cards carry no topic: all are about one thing.'),
  met(
    HOOKS,
    [117, 118, 119, 120, 121, 122, 123, 124],
    CARD,
    CARD_FORM,
    'covered-orders.test.ts: what is covered is deleted, and not the other order that has the same item and more to examine',
  ),
  met(HOOKS, [125], 'order-entry.test.ts: twice is one card that deletes both'),
  met(HOOKS, [127, 128, 129, 133, 134, 135], CARD),
  notHere(HOOKS, [130, 131, 132], 'Nothing is created or updated: the one action deletes.'),
  notHere(HOOKS, [144, 145, 146], 'Links are absolute; none launches an app.'),
  met(HOOKS, [148], 'feedback.test.ts: is a recognition by the clinician who got it, with its saving, as /v1 has it'),
  notHere(HOOKS, [175, 179], 'Clients prove themselves by JWT. Mutual TLS may be added in front of the gateway.'),
  met(HOOKS, [176, 177], 'authentication.test.ts: without a JWT is 401, with what to send'),
  met(HOOKS, [195], 'authentication.test.ts: a JWT that proves nothing is 401'),
  met(HOOKS, [199], 'authentication.test.ts: names the issuer and the FHIR server, and both are shown'),
  met(HOOKS, [200, 205], 'authentication.test.ts: by an RSA key as well'),
  met(HOOKS, [201, 203, 207], 'authentication.test.ts: signed by none, or by HS256 with the public key'),
  notHere(HOOKS, [206], 'A habit of whoever maintains it: the algorithms are one list, security/client-key.rules.ts.'),
  notHere(HOOKS, [208], CORS),
  notHere(
    HOOKS,
    [213],
    'What a client must support is agreed with its vendor; no hook here is needed for safety, since a missing card changes no order.',
  ),
  met(HOOKS, [214], 'patient-view.test.ts: members that nobody knows are not read'),
  notHere(HOOKS, [215], 'The service adds no extensions.'),

  met(LIBRARY, [4, 8, 12, 16, 77, 81, 85, 89, 93], DISCOVERY),
  notHere(LIBRARY, [20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64, 68, 73], 'A hook that is not served: nothing is ordered in it.'),

  met(CRD, [12, 63], 'order-entry.test.ts: without identifiers, with several in one answer, or without any data: no card'),
  met(CRD, [26], 'order-entry.test.ts: where nothing was examined before'),
  met(CRD, [41], DISCOVERY),
  met(CRD, [56, 57], 'ehr-reader.test.ts: patient and clinician, with the token of the call'),
  met(CRD, [76, 80], 'order-entry.test.ts: is answered with a check of its own, which is logged under the clinician of the prefetch'),
  met(CRD, [77], CARD),
  met(CRD, [169], 'patient-view.test.ts: members that nobody knows are not read'),
  met(CRD, [208, 217], CARD, 'order-entry.test.ts: for an order that was not selected'),
  met(CRD, [210, 211], 'order-entry.test.ts: for an order that was not selected'),
  met(CRD, [227, 228, 229, 233], CARD),
  met(CRD, [237], 'order-entry.test.ts: ten calls at once make one'),
  met(CRD, [239, 258, 259, 261], CARD),
  met(CRD, [240], 'covered-orders.test.ts: what is covered is deleted, and not the other order that has the same item and more to examine'),
  notHere(CRD, [89, 90, 91], TLS),
  notHere(
    CRD,
    [
      1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 23, 24, 27, 34, 35, 36, 42, 60, 62, 78, 79, 83, 84, 85, 86, 87, 88, 93,
      94, 100, 108, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 128, 129, 131, 134, 135, 136, 140, 141, 152,
      153, 155, 157, 158, 159, 160, 161, 162, 163, 164, 165, 167, 168, 170, 173, 174, 175, 176, 181, 182, 184, 185, 188, 189, 190, 191, 195,
      196, 198, 204, 206, 207, 219, 224, 226, 230, 231, 232, 234, 235, 236, 238, 241, 247, 248, 249, 250, 252, 253, 260, 262, 264, 265, 267,
      268, 269, 270, 271, 272, 273, 274, 275, 276, 277, 279, 282, 283, 296, 298, 299, 300, 302, 305, 306, 309, 310,
    ],
    PAYER,
  ),
];
