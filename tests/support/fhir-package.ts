import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';

/** What a package says of itself, unless a test says otherwise. */
export interface Description {
  readonly name?: string;
  readonly version?: string;
  readonly fhirVersions?: readonly string[];
  readonly canonical?: string;
}

/** A tar archive of files with their contents, compressed; names are taken as they are. */
export async function archive(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const tar = pack();
  for (const [name, text] of Object.entries(files)) tar.entry({ name }, text);
  tar.finalize();
  const parts: Uint8Array[] = [];
  for await (const part of tar) parts.push(part as Uint8Array);
  return gzipSync(Buffer.concat(parts));
}

let made = 0;

/** A FHIR package of resources, of a name that no other test has. */
export function fhirPackage(resources: readonly object[], about: Description = {}): Promise<Buffer> {
  made += 1;
  const description = { name: `test.guide${made}`, version: '1.0.0', fhirVersions: ['4.0.1'], ...about };
  return archive({
    'package/package.json': JSON.stringify(description),
    ...Object.fromEntries(resources.map((it, index) => [`package/${index}.json`, JSON.stringify(it)])),
  });
}
