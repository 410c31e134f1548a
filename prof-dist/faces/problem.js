import { Type } from 'typebox';
import { SHOWN } from './shown-failures.js';
/** Problem details (RFC 9457), as every flat route answers when it cannot do what was asked. */
export const Problem = Type.Object({
    type: Type.String({ description: 'URN of the failure code, for programs.', examples: ['urn:tongjian:failure:parameter-invalid'] }),
    title: Type.String({ description: 'What is wrong, in the language asked for.' }),
    status: Type.Integer(),
    code: Type.String({ description: 'The stable failure code by itself.' }),
    errors: Type.Array(Type.Object({
        path: Type.Optional(Type.String({ description: 'Where in the input.', examples: ['items[2]'] })),
        detail: Type.String(),
    })),
}, { $id: 'Problem', title: 'Problem', description: 'Problem details (RFC 9457).' });
export function problem(failure, language) {
    const [first] = failure.issues;
    return {
        type: `urn:tongjian:failure:${failure.code}`,
        title: first ? [first.path, first[language]].filter(Boolean).join(language === 'zh' ? '：' : ': ') : failure.code,
        status: SHOWN[failure.code].status,
        code: failure.code,
        errors: failure.issues.map((it) => ({ ...(it.path ? { path: it.path } : {}), detail: it[language] })),
    };
}
