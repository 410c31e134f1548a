import { inTurn } from './known-people.ts';
import { makeLookupPeople, REPORTS } from './lookup.ts';
import { expectEntries, GatewayClient, type Stage } from './stage.ts';
import type { Server, Subject, Work } from './subject.ts';

/**
 * What the access log costs a look-up: `$prior-results` by another hospital and a read by id, each beside the same gateway without the entry.
 * Both work on one database; the sequencer of the one that writes entries goes on all the time.
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
  const work = (name: string, about: string, once: (client: GatewayClient) => Promise<number>): Work => {
    const subject = (title: string, client: GatewayClient, server: Server): Subject => ({ name: title, server, once: () => once(client) });
    return {
      name,
      about,
      ours: subject('Tongjian', logged, stage.gateway),
      references: [subject('without its entry', unlogged, stage.references)],
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
