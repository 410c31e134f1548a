import { DrizzleQueryError } from 'drizzle-orm/errors';
import pg from 'pg';
import { expect, test } from 'vitest';
import { loggerOptions } from '../../src/operation/logger.ts';

test('an error of the database is logged without the values of its statement', () => {
  const cause = new pg.DatabaseError('Key (value)=(500112199001011231) already exists.', 1, 'error');
  cause.code = '23505';
  cause.table = 'person_documents';
  const error = new DrizzleQueryError('insert into "person_documents" values ($1)', ['500112199001011231'], cause);
  const { err } = (loggerOptions('info') as { serializers: { err: (error: Error) => object } }).serializers;

  for (const logged of [err(error), err(new Error('the work failed', { cause: error }))]) {
    expect(JSON.stringify(logged)).not.toContain('500112199001011231');
    expect(JSON.stringify(logged)).toContain('23505 person_documents');
  }
});
