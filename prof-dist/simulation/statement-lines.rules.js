/** The statement for eyes: what was simulated, beside what was published, and which invariants hold. Nobody in it exists. */
export function statementLines(statement, measured) {
    const { preset, scale, seed, from, until, counted: it, savings, reasons } = statement;
    const standing = it.recognised - it.revoked;
    return [
        `Simulation ${preset}, scale ${scale}, seed ${seed}, ${from} to ${until}. Nobody in it exists.`,
        '',
        `   institutions   ${it.institutions} (level 3: ${it.level3}, level 2: ${it.level2}, level 1: ${it.level1})`,
        `   persons        ${it.persons}; consents ${it.permits}, denials ${it.denials}, withdrawn ${it.consentsWithdrawn}`,
        `   reports        ${it.laboratoryReports + it.imagingReports} (laboratory ${it.laboratoryReports}, imaging ${it.imagingReports}), ${it.reportVersions} versions`,
        `   queries        ${it.lookUps + it.checks}: ${it.lookUps} look-ups (${it.lookUpsRefused} without consent, ${it.lookUpsInEmergency} in an emergency), ${it.checks} checks`,
        `   checks         ${it.itemsRecognisable} items recognisable, ${it.itemsForReference} for reference only, ${it.itemsWithoutConsent} without consent`,
        `   decisions      ${standing} recognised (${it.revoked} more taken back), ${it.refused} refused, ${it.cited} cited`,
        `   reasons        ${reasons.map(({ reason, number }) => `${reason}: ${number}`).join(', ') || 'none'}`,
        `   savings        ${savings.items} standing, ${savings.reversals} reversed, ${savings.unpriced} unpriced, CNY ${yuan(savings.amountFen)}`,
        `   repeats        ${it.repeats} made after all, ${it.leads} leads; ${it.recalls} recalls`,
        `   access log     ${it.accesses} entries`,
        ...(statement.compared.length === 0 ? [] : ['', ...comparisonLines(statement.compared)]),
        '',
        ...statement.invariants.flatMap(({ name, holds, faults }) => [
            `   ${holds ? 'holds ' : 'FAILS '} ${name}`,
            ...faults.map((fault) => `            ${fault}`),
        ]),
        '',
        ...measuredLines(measured),
    ];
}
function comparisonLines(compared) {
    const rows = [
        ['published', 'at this scale', 'simulated', 'deviation', ''],
        ...compared.map((it) => [
            shown(it.published, it.unit),
            shown(it.expected, it.unit),
            shown(it.simulated, it.unit),
            `${it.deviationPercent > 0 ? '+' : ''}${it.deviationPercent.toFixed(1)} %`,
            `${it.label} (${it.source})`,
        ]),
    ];
    const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    return rows.map((row) => `   ${widths.map((width, column) => (row[column] ?? '').padStart(width)).join('  ')}  ${row[4]}`.trimEnd());
}
function measuredLines({ seconds, steps, stepsPerSecond, memoryMiB, database }) {
    return [
        `   ${steps} steps in ${seconds.toFixed(0)} s, ${stepsPerSecond.toFixed(0)}/s; memory ${memoryMiB.early} MiB in the first quarter, ${memoryMiB.whole} MiB at most`,
        `   database ${(database.bytes / 2 ** 20).toFixed(0)} MiB; ${database.bytesPerReport} bytes a report version, ${database.bytesPerLookUp} bytes a look-up`,
    ];
}
function shown(value, unit) {
    if (unit === 'fen')
        return `CNY ${yuan(value)}`;
    if (unit === 'per cent')
        return `${value} %`;
    return String(value);
}
function yuan(fen) {
    return (fen / 100).toFixed(2);
}
