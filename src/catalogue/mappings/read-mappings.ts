import type { Static } from 'typebox';
import { Failure } from '../../failure.ts';
import { parseExactJson } from '../../fhir/exact-json.ts';
import { structureIssues } from '../../fhir/validation/structure.ts';
import { readConceptMap } from './concept-map.rules.ts';
import { COLUMNS, faultsOfMappings, type SentMapping } from './mapping.rules.ts';
import type { SentMappings } from './mapping.schema.ts';
import { readMappingCsv } from './mapping-csv.ts';

/** Mappings from flat JSON, each with its place. */
export function mappingsOfJson({ mappings }: Static<typeof SentMappings>): readonly SentMapping[] {
  return mappings.map((it, index) => {
    const texts = Object.fromEntries(COLUMNS.map((column) => [column, (it[column] ?? '').trim()])) as Record<keyof typeof it, string>;
    return { ...texts, place: (column) => `mappings[${index}].${column}` };
  });
}

/**
 * Mappings from a ConceptMap. Throws `malformed` for what is none of R4, `rule-violated` for what cannot be kept, together with what is wrong
 * with the mappings in it.
 */
export function mappingsOfConceptMap(bytes: Buffer): readonly SentMapping[] {
  const { value } = parseExactJson(textOfBytes(bytes, 'utf-8'), 'ConceptMap');
  if (value['resourceType'] !== 'ConceptMap') {
    throw new Failure('malformed', { path: 'ConceptMap.resourceType', en: 'is not ConceptMap', zh: '应为 ConceptMap' });
  }
  const malformed = structureIssues(value, 'ConceptMap');
  if (malformed.length > 0) throw new Failure('malformed', malformed);
  const { sent, faults } = readConceptMap(value, 'ConceptMap');
  if (faults.length > 0) throw new Failure('rule-violated', [...faults, ...faultsOfMappings(sent)]);
  return sent;
}

/** Mappings from CSV in the charset that the Content-Type names; UTF-8 unless it does. */
export function mappingsOfCsv(bytes: Buffer, contentType: string): readonly SentMapping[] {
  const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';
  return readMappingCsv(textOfBytes(bytes, charset));
}

/** What spreadsheets of Chinese hospitals save. */
const CHARSETS = ['utf-8', 'utf8', 'gbk', 'gb2312', 'gb18030'];

function textOfBytes(bytes: Buffer, charset: string): string {
  if (!CHARSETS.includes(charset)) {
    throw new Failure('media-type-unsupported', {
      path: 'Content-Type',
      en: `the charset "${charset.slice(0, 40)}" is none of utf-8, gbk, gb18030`,
      zh: `不支持字符集“${charset.slice(0, 40)}”；可用 utf-8、gbk、gb18030`,
    });
  }
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    throw new Failure('malformed', {
      path: 'body',
      en: `the text is not ${charset}; name its charset in the Content-Type, as in "text/csv; charset=gb18030"`,
      zh: `文本不是 ${charset} 编码；请在 Content-Type 中注明字符集，如“text/csv; charset=gb18030”`,
    });
  }
}
