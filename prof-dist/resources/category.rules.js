import { codingsOf } from '../fhir/element.js';
/** HL7 v2-0074 diagnostic service sections, by the category a patient consents to. */
const SECTIONS = {
    laboratory: ['LAB', 'CH', 'HM', 'MB', 'MCB', 'MYC', 'VR', 'IMM', 'SR', 'TX', 'BLB', 'BG', 'URN', 'ICU', 'GE', 'PHR', 'OSL'],
    imaging: ['RAD', 'RX', 'XRC', 'CT', 'CUS', 'IMG', 'NMR', 'NMS', 'NRS', 'OUS', 'RUS', 'VUS', 'CTH'],
    ecg: ['EC'],
    pathology: ['SP', 'CP', 'CG', 'PAT'],
};
/** LOINC and observation-category codes that say the same. */
const OTHER_CODES = new Map([
    ['laboratory', 'laboratory'],
    ['imaging', 'imaging'],
    ['LP29684-5', 'imaging'], // Radiology
    ['LP7839-6', 'pathology'], // Pathology
    ['LP29708-2', 'ecg'], // Cardiology
]);
/**
 * Which kind of result a resource is, for consent (laboratory, imaging, ECG, pathology); `null` where none of them fits.
 *
 * Asked in this order: the declared category, the type of the resource, the report it belongs to.
 */
export function categoryOf(resource, report) {
    for (const coding of codingsOf(resource['category'])) {
        const code = String(coding['code']);
        const section = Object.keys(SECTIONS).find((category) => SECTIONS[category].includes(code));
        const category = section ?? OTHER_CODES.get(code);
        if (category)
            return category;
    }
    if (resource['resourceType'] === 'ImagingStudy')
        return report === 'ecg' ? 'ecg' : 'imaging';
    if (resource['resourceType'] === 'Specimen')
        return report ?? 'laboratory';
    return report;
}
