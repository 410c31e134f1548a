import { Failure } from '../failure.js';
import { answerFailures, answerOpenFailures } from './answer-failures.js';
import { keepDoors } from './doors.js';
import { Problem, problem } from './problem.js';
import { refuseUnstorableText } from './refuse-unstorable-text.js';
import { languageOf } from './shown-failures.js';
export const PROBLEM_JSON = 'application/problem+json; charset=utf-8';
/** The manners of the flat JSON scope: closed bodies, no coercion, failures as problem+json (RFC 9457). */
export function speakFlatJson(scope) {
    scope.addSchema(Problem);
    refuseUnstorableText(scope);
    answerFailures(scope, PROBLEM_JSON, problem);
}
/** The manners of doors that anybody may knock at and that show nothing about anybody: as flat JSON, but nothing goes into the access log. */
export function speakOpenly(scope) {
    scope.addSchema(Problem);
    refuseUnstorableText(scope);
    answerOpenFailures(scope, PROBLEM_JSON, problem);
}
/** Outside of every face: an unknown address is told so, and nothing is written down about it, since anybody may ask. */
export function speakOutside(app) {
    keepDoors(app);
    answerFailures(app, PROBLEM_JSON, problem);
    app.setNotFoundHandler(async (request, reply) => {
        const failure = new Failure('not-found', { en: 'nothing answers here; see /docs', zh: '此处没有接口，请参见 /docs' });
        return reply
            .code(404)
            .type(PROBLEM_JSON)
            .send(JSON.stringify(problem(failure, languageOf(request.headers['accept-language']))));
    });
}
