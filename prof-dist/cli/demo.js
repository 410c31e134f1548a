import { parseArgs } from 'node:util';
import { DemoError } from './demo/answer.js';
import { buildRegion } from './demo/build-region.js';
import { publishForeignData } from './demo/foreign-data.js';
import { invite } from './demo/invite.js';
import { tellStory } from './demo/story.js';
import { heading } from './demo/terminal.js';
export const DEMO_USAGE = `Usage: npm run demo -- [options]
  --reports <n>    reports to publish besides those of the story, from 1 (240)
  --seed <text>    the same seed invents the same people (1)
  --data <folder>  publish the FHIR Bundles of a folder instead, and check and look up on them
  --rules          print the rules of recognition as one page instead, each judged as it is printed
  --serve          leave the gateway running afterwards, with a token to try it`;
const REPORTS_DEFAULT = 240;
/** Reads the arguments of the demo; throws a TypeError that says what is wrong with them. */
export function readDemoOptions(argv) {
    const { values } = parseArgs({
        args: [...argv],
        options: {
            reports: { type: 'string', default: String(REPORTS_DEFAULT) },
            seed: { type: 'string', default: '1' },
            data: { type: 'string' },
            rules: { type: 'boolean', default: false },
            serve: { type: 'boolean', default: false },
        },
    });
    if (!/^[1-9]\d{0,6}$/.test(values.reports))
        throw new TypeError(`--reports is "${values.reports}"; it takes a whole number from 1 on`);
    const { seed, rules, serve, data } = values;
    return { seed, serve, ...(rules ? { rules } : {}), reports: Number(values.reports), ...(data === undefined ? {} : { data }) };
}
/**
 * Shows what the exchange does, on a region that does not exist, and verifies its promises while doing so. Answers the exit code: 0 when
 * all of them hold, 1 when one does not or the story cannot go on.
 */
export async function demoCommand(gateway, options, print) {
    try {
        return (await tell(gateway, options, print)) ? 0 : 1;
    }
    catch (error) {
        if (!(error instanceof DemoError))
            throw error;
        print('');
        print(`   The demo cannot go on. ${error.message}`);
        return 1;
    }
}
async function tell(gateway, options, print) {
    const startedAt = performance.now();
    print(`Tongjian demo on ${gateway.url}, seed ${options.seed}. Nobody in it exists.`);
    heading(print, 1, 'A region joins');
    const region = await buildRegion(gateway.url, gateway.operator, print);
    const told = options.data === undefined
        ? await tellStory(region, options, print)
        : { holds: await publishForeignData(region, options.data, print), traveller: undefined };
    print(`   ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
    if (options.serve)
        await invite(region, told.traveller, print);
    return told.holds;
}
