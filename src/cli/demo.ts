import { parseArgs } from 'node:util';
import type { JWK } from 'jose';
import { DemoError } from './demo/answer.ts';
import { buildRegion, type Region, systemOf } from './demo/build-region.ts';
import { publishForeignData } from './demo/foreign-data.ts';
import { CENTRAL_HOSPITAL } from './demo/region.ts';
import { tellStory } from './demo/story.ts';
import { heading, type Print } from './demo/terminal.ts';

export interface DemoOptions {
  /** The same seed invents the same people and reports. */
  readonly seed: string;
  readonly reports: number;
  /** Folder of somebody else's FHIR Bundles, published instead of the invented ones. */
  readonly data?: string;
  /** Whether the gateway stays up afterwards. */
  readonly serve: boolean;
}

/** The gateway the demo talks to, over HTTP like everybody else, and the operator's credentials there. */
export interface DemoGateway {
  readonly url: string;
  readonly operator: { readonly clientId: string; readonly privateJwk: JWK };
}

export const DEMO_USAGE = `Usage: npm run demo -- [options]
  --reports <n>    reports to publish besides those of the story, from 1 (240)
  --seed <text>    the same seed invents the same people (1)
  --data <folder>  publish the FHIR Bundles of a folder instead, and check and look up on them
  --serve          leave the gateway running afterwards, with a token to try it`;

const REPORTS_DEFAULT = 240;

/** Reads the arguments of the demo; throws a TypeError that says what is wrong with them. */
export function readDemoOptions(argv: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      reports: { type: 'string', default: String(REPORTS_DEFAULT) },
      seed: { type: 'string', default: '1' },
      data: { type: 'string' },
      serve: { type: 'boolean', default: false },
    },
  });
  if (!/^[1-9]\d{0,6}$/.test(values.reports)) throw new TypeError(`--reports is "${values.reports}"; it takes a whole number from 1 on`);
  const { seed, serve, data } = values;
  return { seed, serve, reports: Number(values.reports), ...(data === undefined ? {} : { data }) };
}

/**
 * Shows what the exchange does, on a region that does not exist, and verifies its promises while doing so. Answers the exit code: 0 when
 * all of them hold, 1 when one does not or the story cannot go on.
 */
export async function demoCommand(gateway: DemoGateway, options: DemoOptions, print: Print): Promise<number> {
  try {
    return (await tell(gateway, options, print)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof DemoError)) throw error;
    print('');
    print(`   The demo cannot go on. ${error.message}`);
    return 1;
  }
}

async function tell(gateway: DemoGateway, options: DemoOptions, print: Print): Promise<boolean> {
  const startedAt = performance.now();
  print(`Tongjian demo on ${gateway.url}, seed ${options.seed}. Nobody in it exists.`);
  heading(print, 1, 'A region joins');
  const region = await buildRegion(gateway.url, gateway.operator, print);
  const holds =
    options.data === undefined ? await tellStory(region, options, print) : await publishForeignData(region, options.data, print);
  print(`   ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
  if (options.serve) await invite(region, print);
  return holds;
}

/** What a visitor needs to go on alone. */
async function invite(region: Region, print: Print): Promise<void> {
  const system = systemOf(region, CENTRAL_HOSPITAL);
  const { doctor } = CENTRAL_HOSPITAL;
  const token = await system.token();
  heading(print, 13, 'It is yours now');
  print(`   FHIR ${system.url}/fhir/metadata · flat JSON ${system.url}/docs · health ${system.url}/health/ready`);
  print(`   A token of ${CENTRAL_HOSPITAL.nameEn}, good for five minutes at most:`);
  print('');
  print(`TOKEN=${token}`);
  print(`curl -s ${system.url}/v1/recognition-checks -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\`);
  print(`  -H 'x-acting-practitioner: ${doctor.system}|${doctor.value}, ${encodeURIComponent(doctor.name)}' \\`);
  print(
    `  -d '{"patient":{"identifier":{"system":"urn:oid:2.16.156.10011.1.3","value":"11010519491231002X"}},"setting":"outpatient","trigger":"order-entry","items":["WBC","CT-CHEST-PLAIN"]}'`,
  );
  print('');
  print(
    `   Further tokens: SMART Backend Services at ${system.url}/oauth2/token as client ${system.registration.clientId}, with this key made for the demo:`,
  );
  print(JSON.stringify(system.registration.privateJwk));
}
