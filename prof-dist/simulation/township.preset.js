import { CHONGQING_2024 } from './chongqing-2024.preset.js';
/**
 * A township with the hospitals above it, for a first look: three months, a few dozen people. Nothing of it is published, and the rules are
 * those of the nation, whose sixth reason takes a text of its own.
 */
export const TOWNSHIP = {
    ...CHONGQING_2024,
    name: 'township',
    title: '渝北云雀镇',
    until: '2024-04-01',
    ruleSet: 'national-2022',
    districts: [
        { code: '500112', nameZh: '渝北', share: 4 },
        { code: '500103', nameZh: '渝中', share: 1 },
    ],
    institutions: {
        total: 5,
        levels: [
            { level: 3, share: 1, least: 1 },
            { level: 2, share: 2, least: 2 },
            { level: 1, share: 2, least: 2 },
        ],
    },
    persons: 60,
    uploads: { district: '500112', persons: 6, until: '2024-02-01' },
    reasons: [
        { reason: '1', share: 50 },
        { reason: '2', share: 25 },
        { reason: '3', share: 15 },
        { reason: '5', share: 5 },
        { reason: '6', share: 5, text: '术前须复查' },
    ],
    mechanicalReason: { reason: '6', text: '其他' },
    habits: {
        ...CHONGQING_2024.habits,
        mechanical: 0.08,
        revokes: 0.05,
        repeats: 0.08,
        corrects: 0.06,
        withdrawsReport: 0.03,
        breaksGlass: 0.6,
    },
    published: [],
};
