import { csvHeader, csvLine } from '../faces/csv-cells.rules.js';
const KEYS = {
    institution: [
        ['institutionUscc', (it) => it.institution?.uscc],
        ['institutionName', (it) => it.institution?.name],
    ],
    month: [['month', (it) => it.month]],
    day: [['day', (it) => it.day]],
    district: [['district', (it) => it.district]],
    department: [['department', (it) => it.department]],
    doctor: [
        ['doctor', (it) => it.doctor?.identifier],
        ['doctorName', (it) => it.doctor?.name],
    ],
    item: [['item', (it) => it.item]],
    reason: [['reason', (it) => it.reason]],
};
const COUNTED = [
    'lookUps',
    'reminders',
    'eligible',
    'recognised',
    'eligibleRecognised',
    'refused',
    'excepted',
    'unanswered',
    'ofReminders',
    'ofLookUps',
    'ofEligible',
    'examinations',
    'repeats',
    'ofExaminations',
];
const FIGURES = [
    ...['itemTimes', 'personTimes'].flatMap((unit) => COUNTED.map((name) => [`${unit}.${name}`, (it) => it[unit][name]])),
    ...['refusals', 'mostUsed', 'mostUsedShare', 'otherShare', 'herfindahl'].map((name) => [`reasons.${name}`, (it) => it.reasons[name]]),
    ...['decisions', 'medianSeconds', 'p90Seconds', 'quickShare', 'quickRefusalShare'].map((name) => [`timeToDecide.${name}`, (it) => it.timeToDecide[name]]),
];
/** The groups as CSV, one line each; without dimensions the one line is the total. What cannot be said is an empty cell. */
export function indicatorCsv({ total, groups }, by) {
    const columns = [...by.flatMap((it) => KEYS[it]), ...FIGURES];
    const rows = by.length === 0 ? [total] : groups;
    const lines = rows.map((row) => csvLine(columns.map(([, value]) => String(value(row) ?? ''))));
    return csvHeader(columns.map(([name]) => name)) + lines.join('');
}
