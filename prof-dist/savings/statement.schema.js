import { Type } from 'typebox';
import { INSURANCES } from '../recognition/insurance.js';
import { CAUSES } from '../recognition/savings-book.js';
import { ACCOUNTS } from './account.rules.js';
const Institution = Type.Object({ uscc: Type.String({ examples: ['11500000MB1670604W'] }), name: Type.String() });
/** What a group is a group of. */
export const KEY = {
    institution: Type.Optional(Institution),
    item: Type.Optional(Type.String()),
    month: Type.Optional(Type.String({ examples: ['2026-03'] })),
    payer: Type.Optional(Type.String({ description: 'Who would have paid, `unknown` where nobody said.', examples: ['employee'] })),
    district: Type.Optional(Type.String()),
    source: Type.Optional(Institution),
    level: Type.Optional(Type.String({ description: 'Level of the receiving institution, `unknown` where it has none.', examples: ['3'] })),
    department: Type.Optional(Type.String({ description: 'Department that asked, empty where it was not named.' })),
};
const figures = {
    savings: Type.Integer({ description: 'Examinations that were not repeated.' }),
    reversals: Type.Integer({ description: 'How many of these count no more.' }),
    reversed: Type.Object({ revocation: Type.Integer(), repeat: Type.Integer(), recall: Type.Integer() }, { description: 'Why: the recognition was taken back, the examination was made after all, its result turned out to be wrong.' }),
    items: Type.Integer({ description: 'What still stands: savings less reversals.' }),
    unpriced: Type.Integer({ description: 'How many of these have no configured price; they add nothing to the amount.' }),
    amountFen: Type.Integer({ description: 'The avoided cost in Chinese fen, reversals taken off.', examples: [20_000] }),
    fundFen: Type.Integer({
        description: 'Its share that the fund of the health insurance would have paid (医保基金少支).',
        examples: [17_000],
    }),
    patientFen: Type.Integer({ description: 'Its share that the patients would have paid (患者少付).', examples: [3_000] }),
    undividedFen: Type.Integer({ description: 'Its share of which nobody knows who would have paid what (未分摊).', examples: [0] }),
};
export const GroupShown = Type.Object({
    ...KEY,
    ...figures,
    entries: Type.String({ description: 'Address of the entries it is the sum of.' }),
});
export const Summary = Type.Object({ total: Type.Object(figures), groups: Type.Array(GroupShown) });
const AccountShown = {
    account: Type.Enum(ACCOUNTS, {
        description: 'fund-relief 医保基金少支, patient-relief 患者少付, undivided 未分摊, avoided-cost 避免的检查费用.',
    }),
    debitFen: Type.Integer(),
    creditFen: Type.Integer(),
};
export const TrialBalance = Type.Object({
    accounts: Type.Array(Type.Object(AccountShown)),
    debitFen: Type.Integer({ description: 'All debits.' }),
    creditFen: Type.Integer({ description: 'All credits.' }),
    balanced: Type.Boolean({ description: 'Whether they are the same, as they always must be.' }),
});
export const EntryShown = Type.Object({
    id: Type.String(),
    kind: Type.Enum(['saving', 'reversal']),
    cause: Type.Optional(Type.Enum(CAUSES, { description: 'Of a reversal: why the saving counts no more.' })),
    causeReport: Type.Optional(Type.String({ description: 'The report that shows it.', examples: ['DiagnosticReport/00000000000000010000000000000002/_history/2'] })),
    decision: Type.String(),
    check: Type.String(),
    item: Type.String({ examples: ['CT-CHEST-PLAIN'] }),
    members: Type.Optional(Type.Array(Type.String(), { description: 'Of a panel: the items that it stands for.' })),
    institution: Type.Object(Institution.properties, { description: 'The receiving institution, where the examination was not repeated.' }),
    district: Type.String(),
    level: Type.Optional(Type.Integer({ description: 'Level of the receiving institution at the check.' })),
    department: Type.Optional(Type.String()),
    payer: Type.Optional(Type.Enum(INSURANCES, { description: 'Who would have paid.' })),
    source: Type.Object(Institution.properties, { description: 'The institution whose result was recognised.' }),
    report: Type.String({ description: 'The DiagnosticReport that was recognised.' }),
    reportVersion: Type.Integer(),
    encounter: Type.Optional(Type.String()),
    amountFen: Type.Integer({
        description: 'Positive for a saving, negative for a reversal. Of a panel the price less what the visit had saved of its members.',
    }),
    priced: Type.Boolean(),
    price: Type.Union([Type.String(), Type.Null()], { description: 'Whose price, in which version.', examples: ['institution:7 v3'] }),
    payerRates: Type.Optional(Type.String({
        description: 'The rates it was split by: division and version, as `/v1/catalogue/payer-rates` lists them.',
        examples: ['50 v1'],
    })),
    edition: Type.Optional(Type.String({ description: 'Edition of the list of items that the check applied.' })),
    rulesVersion: Type.Optional(Type.String({ description: 'Version of the rules that the check applied.' })),
    postings: Type.Array(Type.Object(AccountShown), {
        description: 'What it moves between accounts, debits as much as credits; none of an amount of 0. The fund’s share is rounded to the fen, half a fen up, and the patient bears the rest.',
    }),
    postedAt: Type.String({ format: 'date-time' }),
    links: Type.Object({ check: Type.String(), decision: Type.String(), reportVersion: Type.String() }, { description: 'Addresses of the check with its evidence, of the decision, and of the very version of the report.' }),
});
