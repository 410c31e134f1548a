import { mkdir, writeFile } from 'node:fs/promises';
import { buildServer } from '../server.js';
/** The description of every door, as it is checked in: `openapi/openapi.json`. Needs neither a port nor a database. */
export async function describeApi() {
    const app = await buildServer({
        publicUrl: 'http://127.0.0.1:8080',
        databaseUrl: 'postgres://nobody@127.0.0.1/nothing',
        databasePoolMax: 2,
        logLevel: 'silent',
        privateJwksUrls: false,
    });
    await app.ready();
    const description = app.swagger();
    await app.close();
    return `${JSON.stringify(description, null, 2)}\n`;
}
/** Writes the description to `openapi/openapi.json`. */
export async function openapiCommand() {
    const folder = new URL('../../openapi/', import.meta.url);
    await mkdir(folder, { recursive: true });
    await writeFile(new URL('openapi.json', folder), await describeApi());
    return 0;
}
