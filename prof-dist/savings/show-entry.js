import { encodeId } from '../resources/resource-id.js';
/** An entry as JSON, with the addresses of all that it rests on. */
export function showEntry(entry, institutions) {
    const { person } = entry;
    const show = (number) => ({ uscc: institutions.get(number)?.uscc ?? '', name: institutions.get(number)?.name ?? '' });
    const check = encodeId({ person, id: entry.check });
    return {
        id: encodeId(entry),
        kind: entry.kind,
        ...(entry.cause === null ? {} : { cause: entry.cause }),
        ...(entry.causeReport === null ? {} : { causeReport: entry.causeReport }),
        decision: encodeId({ person, id: entry.decision }),
        check,
        item: entry.item,
        ...(entry.members.length === 0 ? {} : { members: entry.members }),
        institution: show(entry.institution),
        district: entry.district,
        ...(entry.level === null ? {} : { level: entry.level }),
        ...(entry.department === null ? {} : { department: entry.department }),
        ...(entry.insurance === null ? {} : { payer: entry.insurance }),
        source: show(entry.sourceInstitution),
        report: entry.report,
        reportVersion: entry.reportVersion,
        ...(entry.encounter === null ? {} : { encounter: entry.encounter }),
        amountFen: Number(entry.amountFen),
        priced: entry.priced,
        price: entry.price,
        ...(entry.payerRates === null ? {} : { payerRates: entry.payerRates }),
        ...(entry.edition === null ? {} : { edition: entry.edition }),
        ...(entry.rulesVersion === null ? {} : { rulesVersion: entry.rulesVersion }),
        postings: entry.postings.map((it) => ({ account: it.account, debitFen: Number(it.debitFen), creditFen: Number(it.creditFen) })),
        postedAt: entry.postedAt.toISOString(),
        links: {
            check: `/v1/recognition-checks/${check}`,
            decision: `/v1/recognition-decisions?${new URLSearchParams({ check, item: entry.item }).toString()}`,
            reportVersion: `/fhir/${entry.report}/_history/${entry.reportVersion}`,
        },
    };
}
