import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import { transact } from '../../database/client.ts';
import { takeCsv } from '../../faces/csv-body.ts';
import { Problem } from '../../faces/problem.ts';
import { findInstitutions } from '../../institutions/find-institution.ts';
import { requireScope } from '../../security/require-scope.ts';
import type { CertificateColumn, CertificateDraft } from './certificate.rules.ts';
import { CertificateInput, CertificateShown, ROWS_MAX, showCertificate } from './certificate.schema.ts';
import { readCertificateCsv } from './certificate-csv.ts';
import { setCertificates } from './set-certificates.ts';

const List = Type.Object(
  { certificates: Type.Array(CertificateInput, { minItems: 1, maxItems: ROWS_MAX }) },
  { additionalProperties: false },
);

export const setCertificatesRoute: FastifyPluginAsyncTypebox = async (app) => {
  takeCsv(app);

  app.put(
    '/catalogue/certificates',
    {
      schema: {
        operationId: 'setCertificates',
        summary: 'Add quality certificates',
        description:
          'By the operator, as JSON or as CSV (UTF-8, or `charset=gb18030`; columns uscc, item, scheme, scope, score, valid_from, valid_until, mark). All rows or none; a ' +
          'row that is stored already changes nothing. Rows that share a day with another certificate of the same institution, item, scheme and ' +
          'scope are refused. Every fault is told with its row and column.',
        tags: ['Catalogue'],
        consumes: ['application/json', 'text/csv'],
        body: { content: { 'application/json': { schema: List }, 'text/csv': { schema: Type.String() } } },
        response: {
          200: Type.Object({
            added: Type.Integer({ description: 'How many are new; the others were stored already.' }),
            certificates: Type.Array(CertificateShown, { description: 'In the order of the rows.' }),
          }),
          default: Problem,
        },
      },
    },
    async (request) => {
      const { caller } = request;
      const body = request.body as string | Static<typeof List>;
      requireScope(caller, 'operator');

      const drafts = typeof body === 'string' ? readCertificateCsv(body) : body.certificates.map(draftOf);
      const set = await transact(app.db, (tx) => setCertificates(tx, caller, drafts, new Date()));
      const institutions = await findInstitutions(app.db, [...new Set(set.certificates.map((it) => it.institution))]);

      return { added: set.added, certificates: set.certificates.map((it) => showCertificate(it, institutions)) };
    },
  );
};

const MEMBERS: Readonly<Record<CertificateColumn, keyof Static<typeof CertificateInput>>> = {
  uscc: 'uscc',
  item: 'item',
  scheme: 'scheme',
  scope: 'scope',
  score: 'score',
  valid_from: 'validFrom',
  valid_until: 'validUntil',
  mark: 'mark',
};

/** A row of JSON as the cells it would be in a file. */
function draftOf(row: Static<typeof CertificateInput>, index: number): CertificateDraft {
  const cells = Object.fromEntries(Object.entries(MEMBERS).map(([column, member]) => [column, String(row[member] ?? '').trim()]));
  return {
    cells: cells as CertificateDraft['cells'],
    placeOf: (column) => `certificates[${index}].${MEMBERS[column]}`,
  };
}
