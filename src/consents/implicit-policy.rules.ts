/**
 * What holds for a patient who has no consent on file (IHE PCF, implicit policies): the normal data for treatment, payment and operation; for
 * every purpose; none but in an emergency; none at all.
 */
export const IMPLICIT_POLICIES = ['basic-normal', 'all-normal', 'break-glass-only', 'deny'] as const;

export type ImplicitPolicy = (typeof IMPLICIT_POLICIES)[number];

/** What holds where no region has said otherwise. */
export const DEFAULT_POLICY: ImplicitPolicy = 'break-glass-only';

/** The purposes of `basic-normal` (PCF BasicPurposeVS). */
const BASIC_PURPOSES = ['TREAT', 'HPAYMT', 'HOPERAT'];

/** The address by which IHE names a policy. */
export function policyUri(policy: ImplicitPolicy): string {
  return `https://profiles.ihe.net/ITI/PCF/Policy-${policy}`;
}

/** Whether the policy opens normal data (of no mark above N and no sensitivity) for a purpose. */
export function opensNormalData(policy: ImplicitPolicy, purpose: string): boolean {
  return policy === 'all-normal' || (policy === 'basic-normal' && BASIC_PURPOSES.includes(purpose));
}

/** Whether an emergency opens what no consent does. */
export function opensInEmergency(policy: ImplicitPolicy): boolean {
  return policy !== 'deny';
}
