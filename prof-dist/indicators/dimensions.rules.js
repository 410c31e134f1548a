import { Failure } from '../failure.js';
/** What figures may be broken down by; of the side that is asked for. */
export const DIMENSIONS = ['institution', 'month', 'day', 'district', 'department', 'doctor', 'item', 'reason'];
/** `institution,month`, in the order in which figures are sorted. Throws `parameter-invalid` for any other word, and for one that comes twice. */
export function readDimensions(by) {
    if (by === undefined || by === '')
        return [];
    const names = by.split(',');
    const dimensions = DIMENSIONS.filter((it) => names.includes(it));
    if (dimensions.length === names.length)
        return dimensions;
    throw new Failure('parameter-invalid', {
        path: 'by',
        en: `"${by}" is no list of dimensions: each at most once, out of ${DIMENSIONS.join(', ')}`,
        zh: `“${by}”不是有效的分组维度，可选（各至多一次）：${DIMENSIONS.join('、')}`,
    });
}
