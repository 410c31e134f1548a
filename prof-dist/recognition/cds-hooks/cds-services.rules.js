/** The moments in a calling system that are served (CDS Hooks library, STU 1). */
export const HOOKS = ['patient-view', 'order-select', 'order-sign'];
/** How each service is called in its address. */
const PATIENT_VIEW_SERVICE = 'tongjian-patient-view';
const ORDER_ENTRY_SERVICE = 'tongjian-order-entry';
/**
 * The service that answers a hook. Selecting and signing orders have one id between them: a client that hears from it again replaces the
 * cards it had from it (CDS Hooks 2.0, "Update stale guidance"), which keeps a reminder one.
 */
export const SERVICE_OF = {
    'patient-view': PATIENT_VIEW_SERVICE,
    'order-select': ORDER_ENTRY_SERVICE,
    'order-sign': ORDER_ENTRY_SERVICE,
};
/**
 * What a client may send along: who the patient is, who asks, and, where there is one, the visit. Reads by id alone, the portable part of
 * prefetch templates.
 */
const PREFETCH = {
    patient: 'Patient/{{context.patientId}}',
    user: '{{context.userId}}',
    encounter: 'Encounter/{{context.encounterId}}',
};
const ABOUT = {
    'patient-view': {
        title: { zh: '互认提示（打开患者）', en: 'Recognisable results of this patient' },
        description: {
            zh: '打开患者时，以一张卡片列出其他机构出具、可以互认的检查检验结果；没有则不提示。',
            en: 'One card that lists what other institutions have examined and may be recognised, and nothing where there is nothing.',
        },
    },
    'order-select': {
        title: { zh: '互认提醒（选择医嘱）', en: 'A prior result for the selected orders' },
        description: {
            zh: '对本次选中的检查检验医嘱，提示可以互认的既往结果，每次就诊每个项目对每位医师只提醒一次。',
            en: 'Per selected order the prior result that may be recognised in its place; one reminder a visit, item and clinician.',
        },
    },
    'order-sign': {
        title: { zh: '互认提醒（签署医嘱）', en: 'A prior result for the orders to be signed' },
        description: {
            zh: '签署前对每条检查检验医嘱，提示可以互认的既往结果；此前已提醒而未答复的，仍为同一张卡片。',
            en: 'Per draft order the prior result that may be recognised in its place; what was shown before and not answered is the same card.',
        },
    },
};
const USAGE = {
    zh: '须由平台运营方登记 JWT 签发者。患者须带身份证号码或本机构编号；未预取的数据将从已登记的 fhirServer 读取，否则返回 412。医嘱可用互认项目代码、LOINC 或已对照的本机构代码。',
    en: 'The operator registers the issuer of your JWTs. The patient comes with an identity card number or a number of your own; what is not prefetched is read from your registered fhirServer, or else the answer is 412. Orders may be coded by item codes, LOINC, or local codes that are mapped.',
};
/** The services as discovery shows them, one a hook. */
export function describeServices(language) {
    return HOOKS.map((hook) => ({
        hook,
        title: ABOUT[hook].title[language],
        description: ABOUT[hook].description[language],
        id: SERVICE_OF[hook],
        prefetch: PREFETCH,
        usageRequirements: USAGE[language],
    }));
}
