const counted = new Intl.NumberFormat('en');
const number = (value) => counted.format(value);
/** How far a long audit has come. */
export function shownStep(of, done, total) {
    const share = total ? ` of ${number(total)}` : '';
    return of === 'tree' ? `tree built over ${number(done)}${share} entries` : `${number(done)}${share} entries held against the tree`;
}
/** The report for the person who asked: each finding, what was covered, and what has to be known of it. */
export function shownReport({ findings, count, cover, remarks }) {
    const more = count - findings.length;
    return [
        ...findings.flatMap(shownFinding),
        ...(more > 0 ? [`… and ${number(more)} findings more. 另有 ${number(more)} 处。`, ''] : []),
        ...remarks.flatMap(({ en, zh }) => [`Note: ${en}`, `注：${zh}`]),
        ...shownCover(cover),
        count === 0 ? 'Everything holds. 全部相符。' : `${number(count)} findings. 发现 ${number(count)} 处问题。`,
    ];
}
function shownFinding(finding) {
    return [`[${finding.kind}] ${shownSubject(finding)}`, `  ${finding.en}`, `  ${finding.zh}`, ''];
}
function shownSubject({ leaf, until, entry, recordedAt, lastEntry, lastRecordedAt, where }) {
    const isRun = leaf !== undefined && until !== undefined && until - leaf > 1;
    const place = leaf === undefined ? undefined : isRun ? `places ${leaf} to ${until - 1}` : `place ${leaf}`;
    const first = entry && `entry ${entry}`;
    const moment = recordedAt && `recorded ${recordedAt}`;
    const last = lastEntry && `to entry ${lastEntry} recorded ${lastRecordedAt ?? ''}`;
    return [place, first, moment, last, where].filter((it) => it !== undefined).join(', ');
}
function shownCover(cover) {
    const own = cover.ownCheckpoints.map(number).join(', ') || 'none';
    return [
        `Entries: ${number(cover.entries)} looked at, ${number(cover.genuine)} of them genuine${cover.from ? `, from ${cover.from} to ${cover.until}` : ''}; ${number(cover.pruned)} pruned, on record.`,
        `记录：核验 ${number(cover.entries)} 条，其中 ${number(cover.genuine)} 条属实；登记在案的清理 ${number(cover.pruned)} 条。`,
        `Checkpoints: the newest of ${number(cover.size)} entries; your own of ${own}; ${number(cover.keptCheckpoints)} kept by the log.`,
        `检查点：最新 ${number(cover.size)} 条；自有 ${own}；日志保存 ${number(cover.keptCheckpoints)} 个。`,
        'Names of institutions and reviews of emergency accesses are not part of what is signed. 机构名称与紧急调阅的复核意见不在签名范围内。',
    ];
}
