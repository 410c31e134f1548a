import { systemOf } from './build-region.js';
import { pullAccessLog } from './chapter-audit.js';
import { askWithConsent, askWithoutConsent } from './chapter-consent.js';
import { correct, withdrawReport } from './chapter-correct.js';
import { decide } from './chapter-decide.js';
import { publish } from './chapter-publish.js';
import { stateSavings } from './chapter-savings.js';
import { breakGlass, withdrawConsent } from './chapter-withdraw.js';
import { Findings } from './findings.js';
import { verifyPublications } from './invariants.js';
import { ReportNumbers } from './invent-reports.js';
import { Random } from './random.js';
import { heading } from './terminal.js';
/** Tells the whole story on a region that stands: whether every promise held, and whom it was about. */
export async function tellStory(region, options, print) {
    const now = new Date();
    // On a gateway that has seen the demo before, other people come: the consents of the first ones are still in force there.
    const run = region.isNew ? options.seed : `${options.seed}-${now.getTime().toString(36)}`;
    const random = new Random(`people of ${run}`);
    const numbers = new ReportNumbers(region.isNew ? '' : now.getTime().toString(36));
    const scene = { print, region, random, numbers, findings: new Findings(print), now, traces: [] };
    heading(print, 2, 'Hospitals publish');
    const { cast, published } = await publish(scene, options.reports);
    heading(print, 3, 'Before consent');
    await askWithoutConsent(scene, cast);
    heading(print, 4, 'With consent: check and look up');
    const { consent, check } = await askWithConsent(scene, cast);
    heading(print, 5, 'Decide');
    const decided = await decide(scene, cast, check);
    heading(print, 6, 'A value is corrected');
    await correct(scene, cast, check, decided);
    heading(print, 7, 'A report is withdrawn');
    const neighbours = await withdrawReport(scene, cast);
    heading(print, 8, 'A consent is withdrawn');
    await withdrawConsent(scene, cast, consent);
    heading(print, 9, 'An emergency');
    await breakGlass(scene, cast);
    heading(print, 10, 'The auditor pulls the access log');
    await pullAccessLog(scene, cast);
    heading(print, 11, 'The savings statement');
    await stateSavings(scene, [...decided.values(), neighbours], ['K']);
    heading(print, 12, 'What was promised');
    await verifyPublications(scene, [...published, cast.bloodCount.published], (it) => systemOf(region, it.publication.hospital));
    return { holds: scene.findings.conclude(), traveller: cast.traveller };
}
