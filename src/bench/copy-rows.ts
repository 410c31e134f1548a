import type pg from 'pg';

/** What came out of a COPY: its rows and their bytes. */
interface Copied {
  readonly rows: number;
  readonly bytes: number;
}

/** Runs `copy … to stdout` and counts what comes; nothing is kept. */
export function copyRows(client: pg.Client, text: string): Promise<Copied> {
  return new Promise((resolve, reject) => {
    let bytes = 0;
    let rows = 0;
    const statement = {
      submit: (connection: pg.Connection) => {
        connection.query(text);
      },
      handleCopyData: ({ chunk }: { readonly chunk: Buffer }) => {
        bytes += chunk.length;
        rows += 1;
      },
      handleCommandComplete: () => undefined,
      handleReadyForQuery: () => resolve({ rows, bytes }),
      handleError: reject,
    };
    client.query(statement);
  });
}
