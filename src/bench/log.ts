import { inTurn } from './known-people.ts';
import { makeLookupPeople, REPORTS } from './lookup.ts';
import { expectEntries, GatewayClient, type Stage } from './stage.ts';
import type { Server, Subject, Work } from './subject.ts';
import { holdSequence, letSequence, untilFollowed } from './until-followed.ts';

/**
 * What the access log costs a look-up: `$prior-results` by another hospital and a read by id, each beside the same gateway without the entry, and
 * beside itself while nobody gives the entries their places. The first is what it costs in all, since entries get their places and are followed in
 * the same process while more are written; the second is what the entry costs whoever waits for it. Both gateways work on one database. What is left of it
 * when the time is over is waited for, so that it burdens no other.
 */
export async function prepareLog(stage: Stage): Promise<{ works: readonly Work[]; close(): void }> {
  const logged = new GatewayClient(stage);
  const unlogged = new GatewayClient({ gateway: stage.references, clients: stage.clients });
  const people = await makeLookupPeople(stage, { client: logged }, stage.crowd.lookup);
  const pick = inTurn(people, 61);
  const turn = inTurn(
    Array.from({ length: REPORTS }, (_, index) => index),
    7,
  );
  const followed = async () => {
    await letSequence(stage.database.session);
    await untilFollowed(stage.database.session);
  };
  const held = async () => {
    await followed();
    await holdSequence(stage.database.session);
  };
  const work = (name: string, about: string, once: (client: GatewayClient) => Promise<number>): Work => {
    const subject = (title: string, client: GatewayClient, server: Server, prepare: () => Promise<void>): Subject => ({
      name: title,
      server,
      once: () => once(client),
      prepare,
    });
    return {
      name,
      about,
      ours: subject('Tongjian', logged, stage.gateway, followed),
      references: [
        subject('its entry alone', logged, stage.gateway, held),
        subject('without its entry', unlogged, stage.references, followed),
      ],
    };
  };
  return {
    works: [
      work('prior-results', `Patient/[id]/$prior-results of ${REPORTS} reports, by another hospital with consent`, async (client) => {
        const person = pick();
        const path = `/fhir/Patient/${person.askersPatient}/$prior-results?_count=${REPORTS}`;
        return expectEntries(await client.send(stage.asking, { path }), REPORTS, person.parts).body.length;
      }),
      work('read', 'GET DiagnosticReport/[id], by the hospital that published it', async (client) => {
        const person = pick();
        const { body } = await client.send(person.publisher, { path: `/fhir/${person.reports[turn()]}` });
        return body.length;
      }),
    ],
    close: () => {
      logged.close();
      unlogged.close();
    },
  };
}
