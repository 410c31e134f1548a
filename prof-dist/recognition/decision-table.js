import { ROWS_OF_RESULTS } from './decision-rows-of-results.js';
import { ROWS_OF_RULES } from './decision-rows-of-rules.js';
/**
 * The rules of recognition as one page: a sentence each, what follows from it, and where it comes from. `judgeRow` lets the verdict function
 * itself judge the example; a row that says something else is wrong.
 */
export const DECISION_TABLE = [...ROWS_OF_RESULTS, ...ROWS_OF_RULES];
