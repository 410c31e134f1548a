import { createRequire } from 'node:module';
import type * as Library from '@medplum/core';
import { readPublished } from '../../src/cli/definitions.ts';

const require = createRequire(import.meta.url);
let taught: typeof Library | undefined;

/**
 * The kept library with all of R4 in its memory, to be asked for its opinion. It is another copy than the one that the program uses, which
 * knows no definitions.
 */
export function taughtLibrary(): typeof Library {
  if (taught) return taught;
  const library = require('@medplum/core') as typeof Library;
  for (const file of ['profiles-types.json', 'profiles-resources.json']) {
    library.indexStructureDefinitionBundle(readPublished(file) as Parameters<typeof Library.indexStructureDefinitionBundle>[0]);
  }
  taught = library;
  return library;
}
