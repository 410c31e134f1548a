/** The clinician at whose request the calling system acts. */
export interface Practitioner {
  readonly system: string;
  readonly value: string;
  readonly name: string;
}

/**
 * Who calls, on whose behalf and for what: everything the access log must be able to say about a request.
 *
 * The institution comes from the token, never from a body.
 */
export interface Caller {
  readonly client: string;
  readonly institution: number;
  /** Granted SMART v2 scopes, as in `system/Observation.rs`, and the plain ones, as in `recognition.check`. */
  readonly scopes: readonly string[];
  /** `jti` of the access token. */
  readonly tokenId: string;
  readonly practitioner: Practitioner | null;
  /** v3-ActReason: TREAT unless said otherwise; BTG and ETREAT are emergency access. */
  readonly purpose: string;
  /** The written reason an emergency access must have. */
  readonly emergencyReason: string | null;
  /** Logical id of the one Patient that the token is for (IHE PCF); every request made with it is held to that patient. */
  readonly patient?: string | undefined;
  readonly requestId: string;
  readonly address: string;
}
