import { once } from 'node:events';
import http from 'node:http';
import { copyRows } from './copy-rows.js';
import { median, shown } from './figures.rules.js';
import { fillAccessLog } from './fill-access-log.js';
import { residentMiB } from './processor-time.js';
import { aligned } from './show-figures.js';
import { WrongAnswer } from './subject.js';
const MEBIBYTE = 1_048_576;
/**
 * The whole access log over HTTP, as an auditor pulls it, beside `COPY … TO STDOUT` of the same rows on a bare connection: in turn, every
 * other round in reverse order. Throws WrongAnswer where a pull has not every entry.
 */
export async function measurePull(stage, { entries, rounds }) {
    stage.say(`  ${entries} entries`);
    await fillAccessLog(stage.database.session, entries);
    const ways = [
        { name: 'COPY TO STDOUT', once: () => copyLog(stage, entries) },
        { name: 'NDJSON', once: () => pullLog(stage, 'application/x-ndjson', entries) },
        { name: 'CSV', once: () => pullLog(stage, 'text/csv', entries) },
    ];
    const measured = new Map(ways.map((it) => [it, []]));
    for (let number = 1; number <= rounds; number++) {
        for (const way of number % 2 === 1 ? ways : ways.toReversed()) {
            const pulled = await way.once();
            measured.get(way)?.push(pulled);
            stage.say(`  pull, round ${number} of ${rounds}: ${way.name} ${shown(pulled.seconds)} s`);
        }
    }
    return {
        entries,
        ways: ways.map((way) => {
            const pulls = measured.get(way) ?? [];
            const seconds = pulls.map((it) => it.seconds);
            const last = pulls.at(-1);
            return {
                name: way.name,
                entriesPerSecond: entries / median(seconds),
                mebibytes: (last?.bytes ?? 0) / MEBIBYTE,
                seconds,
                memory: last?.memory ?? [],
            };
        }),
    };
}
/** The time that COPY took by the time the pull took, the median over the rounds. */
export function shareOfCopy(way, copy) {
    return median(way.seconds.map((seconds, round) => (copy.seconds[round] ?? Number.NaN) / seconds));
}
/** The table of a pull's figures; `of COPY` is its share of what COPY does. */
export function pullLines({ entries, ways }) {
    const [copy] = ways;
    const headings = ['', 'entries/s', 'of COPY', 'MiB', 'gateway MiB: start', 'quarter', 'half', 'end'];
    const rows = ways.map((it) => [
        it.name,
        it.entriesPerSecond.toFixed(0),
        copy ? shareOfCopy(it, copy).toFixed(2) : '-',
        it.mebibytes.toFixed(0),
        ...[0, 1, 2, 3].map((at) => shown(it.memory[at])),
    ]);
    return ['', `pull: all of an access log of ${entries} entries`, ...aligned([headings, ...rows])];
}
async function copyLog({ database }, entries) {
    const begun = performance.now();
    const { rows, bytes } = await copyRows(database.session, "copy (select * from access_log where request_id <> '') to stdout");
    if (rows < entries)
        throw new WrongAnswer(`COPY gave ${rows} of ${entries} rows`);
    return { seconds: (performance.now() - begun) / 1_000, bytes, memory: [] };
}
async function pullLog({ gateway, asking }, accept, entries) {
    const authorization = `Bearer ${await asking.token()}`;
    const memory = [residentMiB(gateway.pid)];
    const begun = performance.now();
    const request = http.get(`${gateway.url}/v1/access-log`, { agent: false, headers: { accept, authorization } });
    const [answer] = (await once(request, 'response'));
    let [bytes, lines] = [0, 0];
    let end = Buffer.alloc(0);
    for await (const chunk of answer) {
        bytes += chunk.length;
        lines += linesIn(chunk);
        end = chunk.length > 1_000 ? chunk.subarray(-1_000) : Buffer.concat([end, chunk]).subarray(-1_000);
        if (lines >= (entries * memory.length) / 4 && memory.length < 3)
            memory.push(residentMiB(gateway.pid));
    }
    const seconds = (performance.now() - begun) / 1_000;
    if (answer.statusCode !== 200 || lines < entries || !/"end":|end 完/.test(end.toString('utf8'))) {
        throw new WrongAnswer(`status ${answer.statusCode}, ${lines} lines for ${entries} entries, ending with ${end.toString('utf8', 0, 200)}`);
    }
    return { seconds, bytes, memory: [...memory, residentMiB(gateway.pid)] };
}
function linesIn(chunk) {
    let lines = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1))
        lines += 1;
    return lines;
}
