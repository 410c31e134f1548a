import { ANALYTES } from './analytes.ts';
import { HttpConnections } from './http-connection.ts';
import { inTurn, type Known, makeKnownPeople } from './known-people.ts';
import { orderSign } from './order-sign.ts';
import { laboratoryReport, type Publication, RESULTS } from './publication.ts';
import { countOf, expectOk, GatewayClient, type Stage } from './stage.ts';
import { type Subject, type Work, WrongAnswer } from './subject.ts';

const PERSONS = 20;
/** With 20 results each some 2,000 resources a person. */
const REPORTS = 95;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Checks of recognition by another hospital with consent, of one item and of twenty, for persons with 2,000 resources each, beside the bare
 * search that finds the newest result of the same codes, and beside a bare select by key; and the same for a CDS Hooks call at the signing
 * of one order. Of each person's reports the newest is an hour old,
 * so that all of it may be recognised; the others are a week apart.
 */
export async function prepareCheck(stage: Stage): Promise<{ works: readonly Work[]; close(): void }> {
  const client = new GatewayClient(stage);
  const bare = new HttpConnections(stage.references.url, stage.clients);
  stage.say(`  ${PERSONS} persons with ${REPORTS * (RESULTS + 1)} resources each`);
  const people = await makeKnownPeople(stage, client, PERSONS, (it) => historyOf(it, Date.now() - HOUR_MS));
  const codes = ANALYTES.map(([code]) => code);
  const items = await itemsOf(client, stage, codes);

  const pick = inTurn(people, 7);
  const turn = inTurn(
    Array.from({ length: REPORTS }, (_, index) => index),
    7,
  );
  const reference = (name: string, path: (person: Known) => string, matches?: number): Subject => ({
    name,
    server: stage.references.pid,
    once: async () => {
      const { body } = expectOk(await bare.send({ path: path(pick()) }));
      if (matches !== undefined) expectCount(body, '"fullUrl":', matches);
      return body.length;
    },
  });
  const work = (count: number): Work => ({
    name: `check-${count}`,
    about: `POST /v1/recognition-checks of ${count} of ${items.length} items, by another hospital with consent, for persons with ${REPORTS * (RESULTS + 1)} resources`,
    ours: {
      name: 'Tongjian',
      server: stage.gateway.pid,
      once: async () => {
        const question = {
          patient: { id: pick().askersPatient },
          setting: 'outpatient',
          trigger: 'order-entry',
          items: items.slice(0, count),
        };
        const { body } = await client.send(stage.asking, {
          method: 'POST',
          path: '/v1/recognition-checks',
          body: JSON.stringify(question),
        });
        expectCount(body, '"verdict":"recognisable"', count);
        return body.length;
      },
    },
    references: [
      reference('bare indexed search', (it) => `/persons/${it.number}/newest?codes=${codes.slice(0, count).join(',')}`, count),
      reference('bare primary-key select', (it) => `/resources/${it.referenceReports[turn()]}`),
    ],
  });

  const signing = orderSign(stage, pick, items[0] ?? '');
  const orderWork: Work = {
    name: 'order-sign',
    about: `CDS Hooks order-sign of one draft order with prefetch, by a JWT each (signed ahead), a visit each, for the same persons`,
    ours: signing.subject,
    references: work(1).references,
  };

  return {
    works: [work(1), work(RESULTS), orderWork],
    close: () => {
      signing.close();
      client.close();
      bare.close();
    },
  };
}

/** Reports of a person from `newest` (milliseconds) back. */
function historyOf(person: number, newest: number): readonly Publication[] {
  return Array.from({ length: REPORTS }, (_, index) => at(newest - index * 7 * DAY_MS, laboratoryReport(person * REPORTS + index, person)));
}

/** The publication as of another time. */
function at(taken: number, { entries, ...publication }: Publication): Publication {
  const times = { effectiveDateTime: new Date(taken).toISOString(), issued: new Date(taken + HOUR_MS / 2).toISOString() };
  return { ...publication, entries: entries.map((it) => ({ ...it, resource: { ...it.resource, ...times } })) };
}

/** The catalogue's items of these LOINC codes, in their order. */
async function itemsOf(client: GatewayClient, stage: Stage, codes: readonly string[]): Promise<readonly string[]> {
  const byCode = new Map<string, string>();
  for (let query = 'limit=100', more = true; more; ) {
    const { body } = await client.send(stage.asking, { path: `/v1/catalogue/items?${query}` });
    const page = JSON.parse(body.toString('utf8')) as { items: readonly { code: string; loinc: string | null }[]; next?: string };
    for (const { code, loinc } of page.items) if (loinc !== null) byCode.set(loinc, code);
    more = page.next !== undefined;
    query = `limit=100&cursor=${page.next}`;
  }
  const found = codes.flatMap((it) => byCode.get(it) ?? []);
  if (found.length === codes.length) return found;
  throw new WrongAnswer(`the catalogue has ${found.length} of the ${codes.length} items that are measured`);
}

function expectCount(body: Buffer, text: string, count: number): void {
  const found = countOf(body, text);
  if (found !== count) throw new WrongAnswer(`${found} × ${text} where ${count} were expected: ${body.toString('utf8', 0, 400)}`);
}
