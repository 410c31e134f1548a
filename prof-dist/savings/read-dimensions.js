import { Type } from 'typebox';
import { Failure } from '../failure.js';
import { DIMENSIONS } from './statement.queries.js';
const NAMES = Object.keys(DIMENSIONS);
/** A list of dimensions in an address. */
export const By = Type.Optional(Type.String({ maxLength: 100, description: `Any of ${NAMES.join(', ')}, with commas.`, examples: ['institution,month'] }));
/** The dimensions of a list, in an order of their own. Throws `parameter-invalid` for a name that is none or stands twice, and for more than may be. */
export function readDimensions(by, most = NAMES.length) {
    if (by === undefined || by === '')
        return [];
    const names = by.split(',');
    const dimensions = NAMES.filter((it) => names.includes(it));
    if (dimensions.length === names.length && names.length <= most)
        return dimensions;
    throw new Failure('parameter-invalid', {
        path: 'by',
        en: `"${by}" is no list of dimensions: each at most once, ${most} at most, out of ${NAMES.join(', ')}`,
        zh: `“${by}”不是有效的分组维度，可选（各至多一次，共至多 ${most} 个）：${NAMES.join('、')}`,
    });
}
