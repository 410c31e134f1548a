/** Runs `copy … to stdout` and counts what comes; nothing is kept. */
export function copyRows(client, text) {
    return new Promise((resolve, reject) => {
        let bytes = 0;
        let rows = 0;
        const statement = {
            submit: (connection) => {
                connection.query(text);
            },
            handleCopyData: ({ chunk }) => {
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
