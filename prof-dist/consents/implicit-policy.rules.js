/**
 * What holds for a patient who has no consent on file (IHE PCF, implicit policies): the normal data for treatment, payment and operation; for
 * every purpose; none but in an emergency; none at all.
 */
export const IMPLICIT_POLICIES = ['basic-normal', 'all-normal', 'break-glass-only', 'deny'];
/** What holds where no region has said otherwise. */
export const DEFAULT_POLICY = 'break-glass-only';
/** The purposes of `basic-normal` (PCF BasicPurposeVS). */
const BASIC_PURPOSES = ['TREAT', 'HPAYMT', 'HOPERAT'];
/** The address by which IHE names a policy. */
export function policyUri(policy) {
    return `https://profiles.ihe.net/ITI/PCF/Policy-${policy}`;
}
/**
 * What holds for a patient who took a permit back, or refused to give it: that is an answer, and no policy that opens data stands in for the
 * other one. What ran out by itself, was recorded in error or was only proposed is no answer, and a denial taken back leaves the policy.
 */
export function policyAfter(policy, isPermitTakenBack) {
    return isPermitTakenBack && policy !== 'deny' ? 'break-glass-only' : policy;
}
/** Whether the policy opens normal data (of no mark above N and no sensitivity) for a purpose. */
export function opensNormalData(policy, purpose) {
    return policy === 'all-normal' || (policy === 'basic-normal' && BASIC_PURPOSES.includes(purpose));
}
/** Whether an emergency opens what no consent does. */
export function opensInEmergency(policy) {
    return policy !== 'deny';
}
