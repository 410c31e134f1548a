/** Reference ranges of the measurements that simulated laboratories make, in the unit of the catalogue; customary values for adults. */
const RANGES = {
    ALT: [9, 50],
    AST: [15, 40],
    TBIL: [3.4, 20.5],
    ALB: [40, 55],
    CREA: [57, 97],
    UREA: [3.1, 8],
    UA: [208, 428],
    GLU: [3.9, 6.1],
    HBA1C: [4, 6],
    TC: [2.8, 5.2],
    TG: [0.56, 1.7],
    'HDL-C': [1.04, 1.55],
    'LDL-C': [1.8, 3.4],
    K: [3.5, 5.3],
    NA: [137, 147],
    CL: [99, 110],
    CA: [2.11, 2.52],
    WBC: [3.5, 9.5],
    HGB: [115, 150],
    PLT: [125, 350],
    AFP: [0.1, 7],
    CEA: [0.1, 5],
};
/** The range of a measurement; `undefined` for one that says positive or negative. */
export function rangeOf(item) {
    return RANGES[item];
}
