import { HttpConnections } from './http-connection.js';
import { WrongAnswer } from './subject.js';
export function openWays(stage) {
    const client = new GatewayClient(stage);
    const bare = new HttpConnections(stage.references.url, stage.clients);
    return {
        client,
        bare,
        close: () => {
            client.close();
            bare.close();
        },
    };
}
/** The clinician in whose name look-ups are made; nobody's real number. */
const CLINICIAN = `http://bench.example/staff|D-0001, ${encodeURIComponent('林敏')}`;
/** The gateway as a hospital's system speaks to it. */
export class GatewayClient {
    connections;
    constructor({ gateway, clients }) {
        this.connections = new HttpConnections(gateway.url, clients);
    }
    /** Sends with the hospital's token and in the clinician's name; throws WrongAnswer for any other status than 200 and 201. */
    async send(hospital, request) {
        return expectOk(await this.ask(hospital, request));
    }
    /** The same, whatever is answered. */
    async ask(hospital, request) {
        const type = request.path.startsWith('/fhir') ? 'application/fhir+json' : 'application/json';
        return this.connections.send({
            ...request,
            headers: {
                authorization: `Bearer ${await hospital.token()}`,
                accept: type,
                'x-acting-practitioner': CLINICIAN,
                ...(request.body === undefined ? {} : { 'content-type': type }),
                ...request.headers,
            },
        });
    }
    close() {
        this.connections.close();
    }
}
/** The reply, if it is one of success; else a WrongAnswer that quotes it. */
export function expectOk(reply) {
    if (reply.status === 200 || reply.status === 201)
        return reply;
    throw new WrongAnswer(`status ${reply.status}: ${reply.body.toString('utf8', 0, 400)}`);
}
/** The reply, if it is a searchset with this many matches and inclusions; else a WrongAnswer. It is searched, not parsed. */
export function expectEntries(reply, matches, inclusions) {
    const found = [countOf(reply.body, '"search":{"mode":"match"}'), countOf(reply.body, '"search":{"mode":"include"}')];
    if (found[0] === matches && found[1] === inclusions)
        return reply;
    throw new WrongAnswer(`${found[0]} matches and ${found[1]} inclusions where ${matches} and ${inclusions} were expected`);
}
/** How often the text stands in the body. */
export function countOf(body, text) {
    let count = 0;
    for (let at = body.indexOf(text); at >= 0; at = body.indexOf(text, at + text.length))
        count += 1;
    return count;
}
