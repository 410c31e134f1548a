/** Institutions of a level, those of a district where it has any. */
export function institutionsOf(region, level, district) {
    const all = region.institutions.filter((it) => it.level === level);
    const near = all.filter((it) => it.district === district);
    return near.length > 0 ? near : all;
}
/** A doctor of a department, who does not exist. */
export function doctorOf(institution, department, number) {
    return {
        system: 'urn:oid:2.16.156.10011.1.4',
        value: `${institution.uscc.slice(-6)}-${department}-${number}`,
        name: `${department}医师${number}`,
    };
}
