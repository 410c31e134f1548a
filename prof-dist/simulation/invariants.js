import { auditLog } from '../access-log/transparency/audit-log.js';
import { databaseEntries, databaseLeaves, databaseLog } from '../access-log/transparency/database-log.js';
import { LogSigner } from '../access-log/transparency/log-signer.js';
import { beijingDay } from '../beijing-time.js';
import { transact } from '../database/client.js';
import { checkDays } from '../indicators/check-days.js';
import { DAY_MS } from './calendar.rules.js';
import { compareSavings } from './compare-savings.js';
import { PUBLIC_URL } from './doors.js';
import { countFollowerFailures, countLeaves, countLogged, countMissedRecalls, countOddLeads, countOddReversals, countSavedTwice, countUnboundDecisions, countUnfoundedSavings, } from './invariants.queries.js';
import { followUp } from './simulate.js';
/** All of them, in the order in which they are told. A room whose promise can be counted adds a line here. */
const INVARIANTS = [
    { name: 'the savings summary is the sum of its entries under every grouping', faults: ({ auditor }) => compareSavings(auditor) },
    { name: 'debits and credits of the savings account are the same', faults: unbalanced },
    { name: 'no item is saved twice in a visit', faults: counted(countSavedTwice, 'items are saved more than once') },
    {
        name: 'every saving is the price its check showed, for a recognition of that very report version',
        faults: counted(countUnfoundedSavings, 'savings are another amount, or rest on nothing'),
    },
    { name: 'every reversal is the opposite of its saving', faults: counted(countOddReversals, 'reversals have no saving of that amount') },
    {
        name: 'every repeat without an accepted reason is a lead, and every open lead is such a repeat',
        faults: counted(countOddLeads, 'repeats and leads have no counterpart'),
    },
    {
        name: 'whoever recognised a report that was corrected or withdrawn afterwards is told of it, once',
        faults: counted(countMissedRecalls, 'institutions are not told, or twice'),
    },
    { name: 'every decision is bound to a report version that exists', faults: counted(countUnboundDecisions, 'decisions are not') },
    {
        name: 'no step that was acknowledged or refused is missing in the access log, and none is in it that was not made',
        faults: missingSteps,
    },
    { name: 'the indicators of every day are what its events give', faults: oddIndicators },
    { name: 'every access has exactly one leaf in the transparency log', faults: missingLeaves },
    { name: 'every entry is the one its leaf commits to, and the tree is that of every checkpoint given out', faults: auditFindings },
    { name: 'every follower of the log dealt with every entry', faults: counted(countFollowerFailures, 'entries were left behind') },
];
/** Holds the database against every invariant; `db` gives statements as much time as they take. */
export async function verifyInvariants(region, db) {
    const verified = [];
    for (const { name, faults } of INVARIANTS) {
        const found = await faults(region, db);
        verified.push({ name, holds: found.length === 0, faults: found });
    }
    return verified;
}
function counted(count, words) {
    return async (_region, reader) => {
        const number = await count(reader);
        return number === 0 ? [] : [`${number} ${words}`];
    };
}
async function unbalanced({ auditor }) {
    const { balanced, debitFen, creditFen } = await auditor.read('/v1/savings/trial-balance');
    return balanced && debitFen === creditFen ? [] : [`${debitFen} fen of debits, ${creditFen} of credits`];
}
async function missingSteps({ doors }, reader) {
    const acknowledged = new Map([...doors.served, ...doors.refused]);
    const operations = [...new Set([...acknowledged.keys()].map((it) => it.split(' ')[0]))];
    const logged = new Map((await countLogged(reader, operations)).map((it) => [it.failure === null ? it.operation : `${it.operation} ${it.failure}`, it.number]));
    return [...new Set([...acknowledged.keys(), ...logged.keys()])].flatMap((step) => {
        const [made, written] = [acknowledged.get(step) ?? 0, logged.get(step) ?? 0];
        return made === written ? [] : [`${step}: ${made} made, ${written} logged`];
    });
}
/** What the invariants before this one looked at was logged as well, and gets its places first. */
async function missingLeaves(region, reader) {
    await followUp(region);
    const { entries, leaves, placed, pending, next } = await countLeaves(reader);
    return [
        ...(placed === entries && leaves === entries ? [] : [`${entries} entries, ${leaves} leaves, ${placed} of them for an entry`]),
        ...(next === leaves ? [] : [`${leaves} leaves, and the next has the number ${next}`]),
        ...(pending === 0 ? [] : [`${pending} entries wait for their place`]),
    ];
}
/** Days of the period, with what is counted after it left out: the auditor reads in the present. */
async function oddIndicators({ period }, db) {
    const days = { from: beijingDay(new Date(period.from)), until: beijingDay(new Date(period.until + DAY_MS)) };
    const faults = [];
    for await (const { day, institution, differences } of checkDays(db, new LogSigner({ publicUrl: PUBLIC_URL }), days, () => new Date())) {
        faults.push(...differences.map((it) => `${day}, institution ${institution}: ${it}`));
    }
    return faults;
}
/** As `tongjian audit verify` does on the database. */
async function auditFindings(region, db) {
    await followUp(region);
    return await transact(db, async (tx) => {
        await tx.$client.query('set transaction isolation level repeatable read, read only');
        const question = {
            log: databaseLog(tx),
            table: await databaseLeaves(tx),
            entries: databaseEntries(tx),
            own: [],
            keys: [],
            isPart: false,
        };
        const { findings, count } = await auditLog(question, () => undefined);
        // People live one after the other, each through the whole period: the times of the entries are in no order.
        const untold = count - findings.length;
        return [...findings.filter((it) => it.kind !== 'late').map((it) => it.en), ...(untold > 0 ? [`${untold} more findings`] : [])];
    });
}
