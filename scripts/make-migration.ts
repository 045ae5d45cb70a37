// node scripts/make-migration.ts NAME: writes prisma/migrations/<time>_NAME/migration.sql with what
// takes the database from the last migration to prisma/schema.prisma, and beside it a copy of the
// schema for the next one to compare with. Triggers and the like are appended to that file by hand.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '#lib/platform/database/embedded/server.ts';
import { diffSchemas } from './schema-diff.ts';

const MIGRATIONS = 'prisma/migrations';
const SCHEMA = 'prisma/schema.prisma';

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Usage: node scripts/make-migration.ts NAME, with small letters, digits and _.');
  process.exit(1);
}

const last = existsSync(MIGRATIONS)
  ? readdirSync(MIGRATIONS, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(MIGRATIONS, entry.name, 'schema.prisma'))
      .toSorted()
      .at(-1)
  : undefined;
const before = last === undefined ? undefined : readFileSync(last, 'utf8');

const dataDir = mkdtempSync(join(tmpdir(), 'winnow-migration-'));
const server = await startEmbedded({ dataDir });
let sql: string;
try {
  sql = await diffSchemas(server.url, before, readFileSync(SCHEMA, 'utf8'));
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
const folder = join(MIGRATIONS, `${time}_${name}`);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'migration.sql'), sql);
copyFileSync(SCHEMA, join(folder, 'schema.prisma'));
console.log(join(folder, 'migration.sql'));
