/** At least so much of what the reference does, by the name of the work. */
export const RATIO_MIN = {
    publish: 0.5,
    read: 0.5,
    search: 0.5,
    'prior-results': 0.5,
    'check-1': 0.4,
    'check-20': 0.25,
};
/** The slowest hundredth of the answers takes at most so many times as long as half of them, with up to so many clients. */
export const SPREAD_MAX = 4;
export const SPREAD_CLIENTS_MAX = 8;
/** With more clients at least so much of what was done with the fewest. */
export const MORE_CLIENTS_MIN = 0.95;
/** In a larger region at least so much of what was done in the smallest. */
export const GROWTH_MIN = 0.8;
/** Bytes on disk for each byte published, indexes and history among them. */
export const DISK_MAX = 1.6;
/** MiB of the gateway's process after all publications. */
export const MEMORY_MIB_MAX = 300;
/** From the start of the process until it serves, where the database is there. */
export const READY_SECONDS_MAX = 2;
/** Whether the value is within its bound; what was not measured is not. */
export function isMet({ value, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }) {
    return value >= least && value <= most;
}
/** Not idle for more of the time than this, or more of it taken by other machines, and the machine was not quiet. */
const BUSY_MAX = 0.1;
const STOLEN_MAX = 0.01;
export function isQuiet({ busy, stolen }) {
    return busy <= BUSY_MAX && stolen <= STOLEN_MAX;
}
