/** The rules of a row; those of the first release had no exceptions, and nothing that narrows the data. */
export function rulesOf(row) {
    if (row.rules)
        return row.rules;
    return {
        nested: [],
        root: {
            type: row.decision,
            isEvaluable: true,
            recipients: { institutions: row.grantees, organizations: [], people: [] },
            validFrom: row.validFrom?.toISOString() ?? null,
            validUntil: row.validUntil?.toISOString() ?? null,
            purposes: row.purposes,
            categories: row.categories,
            dataPeriod: null,
            labels: [],
            data: null,
        },
    };
}
/** Every one of the people that the rules name, once. */
export function peopleIn({ root, nested }) {
    return [...new Set([root, ...nested].flatMap((it) => it.recipients.people))];
}
