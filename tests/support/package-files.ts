import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import type { Json } from '../../src/fhir/exact-json.ts';

/** The JSON resources of a published FHIR package, by their path in it. */
export async function packageFiles(file: URL): Promise<ReadonlyMap<string, Json>> {
  const files = new Map<string, Json>();
  const archive = createReadStream(file).pipe(createGunzip()).pipe(extract());
  for await (const entry of archive) {
    const parts: Buffer[] = [];
    for await (const part of entry) parts.push(part as Buffer);
    if (/^package\/(example\/)?[A-Z][^/]*\.json$/.test(entry.header.name)) {
      files.set(entry.header.name, JSON.parse(Buffer.concat(parts).toString('utf8')) as Json);
    }
  }
  return files;
}
