import { Type } from 'typebox';
import { Problem } from '../faces/problem.js';
import { requireScope } from '../security/require-scope.js';
import { selectPackages } from './package.queries.js';
import { StoredPackage } from './package.schema.js';
/** The FHIR packages (https://hl7.org/fhir/packages.html) that are loaded, and how much each defines. */
export const listPackagesRoute = async (app) => {
    app.get('/packages', {
        config: { unlogged: true },
        schema: {
            operationId: 'listPackages',
            summary: 'List the loaded FHIR packages',
            description: 'For the operator, the latest first. None is ever removed: resources were validated against it.',
            tags: ['Packages'],
            response: { 200: Type.Object({ packages: Type.Array(StoredPackage) }), default: Problem },
        },
    }, async (request) => {
        requireScope(request.caller, 'operator');
        const packages = await selectPackages(app.db);
        return {
            packages: packages.map(({ canonical, loadedAt, ...it }) => ({
                ...it,
                ...(canonical === null ? {} : { canonical }),
                loadedAt: loadedAt.toISOString(),
            })),
        };
    });
};
