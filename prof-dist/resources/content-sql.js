/** Numbers that jsonb may not take: with an exponent of many digits, or of many digits themselves. */
const UNUSUAL = '[0-9][eE][+-]?[0-9]{4,}|[0-9]{255}';
/** Strings as they are; numbers without their exponent and with 250 digits in a row at most. */
const STRING_OR_NUMBER = '("(?:[^"\\\\]|\\\\.)*")|([0-9]{1,250})[0-9]*(?:[eE][+-]?[0-9]+)?';
/**
 * A published text as jsonb, for the words and codes in it. JSON knows numbers of any size, and what was published is kept; jsonb does not,
 * so that one of them would make every search fail that meets it. Such a number is shortened here: nobody looks for it by this way.
 */
export function parsedSql(content) {
    return `(case when ${content} ~ '${UNUSUAL}' then regexp_replace(${content}, '${STRING_OR_NUMBER}', '\\1\\2', 'g') else ${content} end)::jsonb`;
}
