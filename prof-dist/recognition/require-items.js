import { Failure } from '../failure.js';
/** Throws `malformed` for an order that names no items: only opening a patient asks for all there is. */
export function requireItems({ trigger, items }) {
    if (trigger !== 'order-entry' || items)
        return;
    throw new Failure('malformed', {
        path: 'items',
        en: 'name the items that are being ordered; they may be left out only when the patient is opened',
        zh: '开单时必须指明项目（items）；仅在打开患者时可以省略',
    });
}
