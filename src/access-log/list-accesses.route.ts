import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import type { Reader } from '../database/client.ts';
import { answerCsv } from '../faces/csv-body.ts';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../faces/page.schema.ts';
import { decodePlace, encodePlace } from '../faces/page-cursor.ts';
import { Problem } from '../faces/problem.ts';
import { AccessEntry } from './access-entry.schema.ts';
import type { AccessFilter } from './access-filter.rules.ts';
import { readAfter, readBound, readPractitionerName } from './access-query.rules.ts';
import { institutionInReach, logReach, requireWholeEntries } from './audit-reach.ts';
import { type ExportForm, exportAccesses } from './export-accesses.ts';
import { csvForm, NDJSON } from './export-forms.ts';
import { openAccessLog, pageOfAccesses } from './list-accesses.ts';
import { readPatientName } from './patient-query.rules.ts';

const Query = Type.Object(
  {
    patient: Type.Optional(Type.String({ maxLength: 400, description: 'An identifier as `system|value`, or the id of a Patient.' })),
    institution: Type.Optional(
      Type.String({ maxLength: 18, description: 'Who looked: 统一社会信用代码.', examples: ['11500000MB1670604W'] }),
    ),
    practitioner: Type.Optional(Type.String({ maxLength: 400, description: 'Who looked: `system|value`, or the value alone.' })),
    client: Type.Optional(Type.String({ maxLength: 128, description: 'The calling system.' })),
    entity: Type.Optional(Type.String({ maxLength: 128, description: 'What was shown: `DiagnosticReport/{id}`.' })),
    from: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339, or a day in Beijing; inclusive.', examples: ['2026-03-01'] })),
    to: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339, or a day in Beijing; exclusive.', examples: ['2026-04-01'] })),
    action: Type.Optional(
      Type.Enum(['C', 'R', 'U', 'D', 'E'], { description: 'Create, read, update, delete, execute (search, operation).' }),
    ),
    interaction: Type.Optional(
      Type.String({
        maxLength: 64,
        description: 'operationId of the door; `decideConsent` for decisions on consents.',
        examples: ['priorResults'],
      }),
    ),
    outcome: Type.Optional(
      Type.Integer({
        enum: [0, 4, 8, 12],
        description:
          '0 served, 4 refused, 8 not now, 12 broken down. Of requests: decisions on consents are left out unless `interaction` asks for them.',
      }),
    ),
    purpose: Type.Optional(Type.String({ maxLength: 32, description: 'v3-ActReason.', examples: ['BTG'] })),
    reviewDue: Type.Optional(Type.Boolean({ description: 'Emergency accesses that are to be looked at afterwards.' })),
    leaves: Type.Optional(
      Type.Boolean({
        description:
          'Each entry with its leaf in the transparency log, so that it can be checked against a checkpoint; needs `audit.read`, since an entry that ' +
          'leaves a name out is not the one the log is committed to.',
      }),
    ),
    limit: Type.Optional(Limit),
    cursor: Type.Optional(Cursor),
    after: Type.Optional(
      Type.String({ maxLength: 28, description: 'Go on after this entry: the id of the last one that arrived before a stream broke off.' }),
    ),
  },
  { additionalProperties: false },
);

/** Who looked at what, for auditors and for each institution about itself. */
export const listAccessesRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/access-log',
    {
      config: { work: 'report', onePatient: true },
      schema: {
        operationId: 'listAccesses',
        summary: 'Who looked at what',
        description:
          'Entries of the access log, the latest first; refusals and failures are among them, and an entry `decideConsent` (0 permitted, 4 not) wherever a patient’s consent was asked. The scope `audit.read` shows every ' +
          'institution’s, `system/AuditEvent.s` the caller’s own, and `patient-log.read` in a token for one patient (ihe_pcf) every access to that patient’s data, for the patient to see. Reading the log is logged as well, before the first byte.\n\n' +
          'With `Accept: application/x-ndjson` or `text/csv` all entries the filter meets are streamed, whatever `limit` says: what was committed when the stream began, and nothing that was ' +
          'written afterwards. The last record tells a whole file from one that was cut short: `{"end":{"entries":2,"sha256":"…","until":"…"}}` in NDJSON, a row that begins with `end 完` in ' +
          'CSV; `sha256` is that of all bytes before the record. A stream that broke off is taken up with `after=<id of the last entry that arrived>`; the ' +
          'stream that goes on has an end of its own. A client that takes nothing for half a minute, unless the operator says otherwise, is cut off.',
        tags: ['Access log'],
        produces: ['application/json', 'application/x-ndjson', 'text/csv'],
        querystring: Query,
        response: {
          200: Type.Object({
            entries: Type.Array(AccessEntry),
            next: Next,
          }),
          default: Problem,
        },
      },
    },
    async (request, reply) => {
      const { caller, query } = request;
      const reach = logReach(caller);
      const leaves = query.leaves ?? false;
      if (leaves) requireWholeEntries(reach);

      const patient = query.patient?.includes('|') ? readPatientName(undefined, query.patient) : readPatientName(query.patient, undefined);
      const asked = await filterOf(app.reportDb, query, reach.institution);
      const after = readAfter(query.after) ?? decodePlace(query.cursor);
      const now = new Date();
      const form = formOf(request.headers.accept ?? '', leaves);
      const interaction = form ? 'exportAccessLog' : 'listAccesses';
      const filter = await openAccessLog(
        app.reportDb,
        app.accessLog,
        caller,
        { patient, filter: asked, reach, asked: `GET ${request.url}`, interaction },
        now,
      );
      if (form) {
        if (form === NDJSON) reply.type('application/x-ndjson; charset=utf-8');
        else answerCsv(reply, 'access-log.csv');
        const bytes = exportAccesses(app.reportDb, { filter, leaves, after, form }, now);
        return reply.send(Readable.from(bytes, { highWaterMark: 1 }) as never);
      }
      const page = await pageOfAccesses(app.reportDb, filter, { after, limit: query.limit ?? LIMIT_DEFAULT, leaves });
      const next = encodePlace(page.next);

      return { entries: [...page.entries], ...(next === undefined ? {} : { next }) };
    },
  );
};

/** How the entries are streamed, where the caller asks for all of them. */
function formOf(accept: string, leaves: boolean): ExportForm | undefined {
  if (accept.includes('application/x-ndjson')) return NDJSON;
  return accept.includes('text/csv') ? csvForm(leaves) : undefined;
}

async function filterOf(db: Reader, query: Static<typeof Query>, reach: number | undefined): Promise<AccessFilter> {
  const { practitioner, client, entity, action, interaction, outcome, purpose, reviewDue } = query;
  return {
    institution: await institutionInReach(db, reach, query.institution, 'institution'),
    practitioner: readPractitionerName(practitioner),
    from: readBound('from', query.from),
    until: readBound('to', query.to),
    client,
    entity,
    action,
    interaction,
    outcomes: outcome === undefined ? undefined : [outcome],
    requestsOnly: outcome !== undefined && interaction === undefined,
    purpose,
    reviewDue,
  };
}
