import { Type } from 'typebox';
import { transact } from '../../database/client.js';
import { Problem } from '../../faces/problem.js';
import { requireScope } from '../../security/require-scope.js';
import { AssignmentInput, AssignmentShown, showAssignment } from './assignment.schema.js';
import { setRuleAssignments } from './set-rule-assignments.js';
export const setRuleAssignmentsRoute = async (app) => {
    app.put('/catalogue/rule-assignments', {
        schema: {
            operationId: 'setRuleAssignments',
            summary: 'Assign rules of recognition to divisions',
            description: 'By the operator. The rules of the smallest division of the asking institution hold, of its assignments the latest that has begun; where ' +
                'nothing is assigned, `national-2022`. All or none; the same again changes nothing.',
            tags: ['Catalogue'],
            body: Type.Object({ assignments: Type.Array(AssignmentInput, { minItems: 1, maxItems: 1_000 }) }, { additionalProperties: false }),
            response: { 200: Type.Object({ assignments: Type.Array(AssignmentShown) }), default: Problem },
        },
    }, async (request) => {
        const { caller, body } = request;
        requireScope(caller, 'operator');
        const set = await transact(app.db, (tx) => setRuleAssignments(tx, caller, body.assignments, new Date()));
        return { assignments: set.map(showAssignment) };
    });
};
