/**
 * Published rates of Chongqing (division 50): per cent of an examination that the fund pays, by scheme and level of the institution. No
 * beginning was published with them; they hold for whatever this exchange counts.
 */
export const PAYER_RATES_CSV = `division,scheme,level,fund_percent,valid_from
50,employee,1,90,2000-01-01
50,employee,2,87,2000-01-01
50,employee,3,85,2000-01-01
50,resident-1,1,80,2000-01-01
50,resident-1,2,70,2000-01-01
50,resident-1,3,50,2000-01-01
50,resident-2,1,85,2000-01-01
50,resident-2,2,75,2000-01-01
50,resident-2,3,55,2000-01-01
`;
