/** The schemes of basic medical insurance: of employees (职工医保), and of residents on either tier (居民医保一档、二档). */
export const SCHEMES = ['employee', 'resident-1', 'resident-2'];
