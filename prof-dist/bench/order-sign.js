import { randomUUID } from 'node:crypto';
import { ITEM_SYSTEM } from '../catalogue/items/find-items.js';
import { HttpConnections } from './http-connection.js';
import { patientNumber, patientOf, personOf } from './people.js';
import { SignedJwts } from './signed-jwts.js';
import { countOf, expectOk } from './stage.js';
import { WrongAnswer } from './subject.js';
const SERVICE = '/cds-services/tongjian-order-entry';
const CLINICIAN = {
    resourceType: 'Practitioner',
    id: 'D-0001',
    identifier: [{ system: 'http://bench.example/staff', value: 'D-0001' }],
    name: [{ text: '林敏' }],
};
/**
 * CDS Hooks `order-sign`: one draft order for the item, everything sent along, a JWT of its own for each call, signed ahead. Each call is
 * a visit of its own, so that each writes its reminder down; each is answered with one card.
 */
export function orderSign(stage, pick, item) {
    const connections = new HttpConnections(stage.gateway.url, stage.clients);
    const jwts = new SignedJwts(stage.asking.registration.privateJwk, `${stage.gateway.url}${SERVICE}`);
    const subject = {
        name: 'Tongjian',
        server: stage.gateway,
        prepare: (seconds) => jwts.stockUp(seconds),
        once: async () => {
            const headers = { authorization: `Bearer ${await jwts.take()}`, 'content-type': 'application/json', accept: 'application/json' };
            const body = JSON.stringify(callAbout(pick(), item));
            const reply = expectOk(await connections.send({ method: 'POST', path: SERVICE, headers, body }));
            if (countOf(reply.body, '"overrideReasons"') !== 1)
                throw new WrongAnswer(`no card: ${reply.body.toString('utf8', 0, 400)}`);
            return reply.body.length;
        },
    };
    return { subject, close: () => connections.close() };
}
function callAbout({ number }, item) {
    const [patientId, encounterId] = [patientNumber(number), randomUUID()];
    const order = {
        resourceType: 'ServiceRequest',
        id: 'order-1',
        status: 'draft',
        intent: 'order',
        code: { coding: [{ system: ITEM_SYSTEM, code: item }] },
        subject: { reference: `Patient/${patientId}` },
    };
    return {
        hook: 'order-sign',
        hookInstance: randomUUID(),
        context: {
            patientId,
            userId: `Practitioner/${CLINICIAN.id}`,
            encounterId,
            draftOrders: { resourceType: 'Bundle', type: 'collection', entry: [{ resource: order }] },
        },
        prefetch: {
            patient: { ...patientOf(personOf(number)), id: patientId },
            user: CLINICIAN,
            encounter: { resourceType: 'Encounter', id: encounterId, status: 'in-progress', class: { code: 'AMB' } },
        },
    };
}
