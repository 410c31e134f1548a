import type { FastifyInstance } from 'fastify';
import { answerFailures } from './answer-failures.ts';
import { Problem, problem } from './problem.ts';

export const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

/** The manners of the flat JSON scope: closed bodies, no coercion, failures as problem+json (RFC 9457). */
export function speakFlatJson(scope: FastifyInstance): void {
  scope.addSchema(Problem);
  answerFailures(scope, PROBLEM_JSON, problem);
}
