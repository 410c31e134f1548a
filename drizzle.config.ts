import { defineConfig } from 'drizzle-kit';

/** Writes forward-only migrations from the tables of every feature: `npm run db:generate -- --name <what-it-does>`. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/**/*.tables.ts',
  out: './migrations',
});
