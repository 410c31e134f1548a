import { Type } from 'typebox';
import { HOOKS } from './cds-services.rules.js';
/** Bodies of this face are open: a client may send extensions and members of later editions, which are not read (CDS Hooks 2.0, "Extensions"). */
const OPEN = { additionalProperties: true };
const FhirId = (description) => Type.String({ pattern: '^[A-Za-z0-9.-]{1,64}$', description });
const TypedId = (description) => Type.String({ pattern: '^[A-Z][A-Za-z]{1,63}/[A-Za-z0-9.-]{1,64}$', description });
export const ServiceId = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64, description: 'Id of the service.' }) });
export const ServiceList = Type.Object({
    services: Type.Array(Type.Object({
        hook: Type.Enum(HOOKS),
        title: Type.String(),
        description: Type.String(),
        id: Type.String(),
        prefetch: Type.Record(Type.String(), Type.String(), { description: 'What the client may send along, by templates.' }),
        usageRequirements: Type.String(),
    })),
});
export const HookRequest = Type.Object({
    hook: Type.String({ minLength: 1, maxLength: 64, examples: ['order-sign'] }),
    hookInstance: Type.String({ format: 'uuid', description: 'Names this very call.' }),
    fhirServer: Type.Optional(Type.String({ minLength: 1, maxLength: 500, description: 'Base address of the FHIR server of the client.' })),
    fhirAuthorization: Type.Optional(Type.Object({
        access_token: Type.String({ minLength: 1, maxLength: 8_192, pattern: '^[!-~]+$' }),
        token_type: Type.Literal('Bearer'),
        expires_in: Type.Integer({ minimum: 0 }),
        scope: Type.String({ maxLength: 4_000 }),
        subject: Type.String({ maxLength: 500 }),
        patient: Type.Optional(Type.String({ maxLength: 64 })),
    }, { ...OPEN, description: 'Read with at the FHIR server that is registered for the client, and nowhere else.' })),
    context: Type.Object({
        patientId: FhirId("The patient's id at the FHIR server of the client, without a type."),
        userId: TypedId('Who asks: `Practitioner/…` or `PractitionerRole/…`.'),
        encounterId: Type.Optional(FhirId('The visit or stay.')),
        selections: Type.Optional(Type.Array(TypedId('A draft order: `ServiceRequest/…`.'), {
            maxItems: 500,
            description: 'With order-select: what was selected.',
        })),
        draftOrders: Type.Optional(Type.Object({ resourceType: Type.Literal('Bundle'), entry: Type.Optional(Type.Array(Type.Object({}, OPEN), { maxItems: 500 })) }, { ...OPEN, description: 'With order-select and order-sign: the unsigned orders.' })),
    }, OPEN),
    prefetch: Type.Optional(Type.Record(Type.String({ maxLength: 64 }), Type.Union([Type.Object({}, OPEN), Type.Null()]), {
        description: 'By the keys of the templates. `null`: there is nothing; without a key: it could not be fetched.',
    })),
}, OPEN);
const Coding = Type.Object({ code: Type.String(), system: Type.String(), display: Type.String() });
const Suggestion = Type.Object({
    label: Type.String(),
    uuid: Type.String(),
    isRecommended: Type.Boolean(),
    actions: Type.Optional(Type.Array(Type.Object({
        type: Type.Literal('delete'),
        description: Type.String(),
        resourceId: Type.String({ description: 'The draft order.', examples: ['ServiceRequest/7'] }),
    }))),
});
const Card = Type.Object({
    uuid: Type.Optional(Type.String({ description: 'Named in feedback; a card without one takes none.' })),
    summary: Type.String({ maxLength: 139 }),
    detail: Type.String({ description: 'GitHub flavoured Markdown.' }),
    indicator: Type.Enum(['info', 'warning', 'critical']),
    source: Type.Object({ label: Type.String(), url: Type.String() }),
    suggestions: Type.Optional(Type.Array(Suggestion)),
    selectionBehavior: Type.Optional(Type.Literal('at-most-one')),
    overrideReasons: Type.Optional(Type.Array(Coding, { description: "The reasons of the region's list." })),
    links: Type.Optional(Type.Array(Type.Object({ label: Type.String(), url: Type.String(), type: Type.Literal('absolute') }))),
});
export const CardList = Type.Object({ cards: Type.Array(Card, { description: 'Empty where there is nothing to say.' }) });
export const FeedbackRequest = Type.Object({
    feedback: Type.Array(Type.Object({
        card: Type.String({ minLength: 1, maxLength: 64, description: 'The uuid of the card.' }),
        outcome: Type.Enum(['accepted', 'overridden']),
        acceptedSuggestions: Type.Optional(Type.Array(Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) }, OPEN), {
            maxItems: 20,
            description: 'With accepted.',
        })),
        overrideReason: Type.Optional(Type.Object({
            reason: Type.Optional(Type.Object({
                code: Type.String({ minLength: 1, maxLength: 16, examples: ['2'] }),
                system: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
            }, { ...OPEN, description: 'One of the override reasons of the card.' })),
            userComment: Type.Optional(Type.String({ maxLength: 500, description: 'Mandatory where the reason says so.' })),
        }, OPEN)),
        outcomeTimestamp: Type.String({ format: 'date-time' }),
    }, OPEN), { minItems: 1, maxItems: 100 }),
}, OPEN);
