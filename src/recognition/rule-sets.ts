/** The list of reasons for not recognising, until decisions take it from the check. */
export const NATIONAL_2022 = { reasons: 'national-2022' };
