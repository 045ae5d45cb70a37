// Generates the Prisma client from prisma/schema.prisma, offline, and only when the schema or
// Prisma's version has changed since the last time.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'lib/platform/database/generated';
const MARK = join(FOLDER, '.made-from');

const hash = createHash('sha256')
  .update(readFileSync('prisma/schema.prisma'))
  .update(readFileSync('node_modules/prisma/package.json'))
  .digest('hex');

if (!existsSync(MARK) || readFileSync(MARK, 'utf8') !== hash) {
  rmSync(FOLDER, { recursive: true, force: true });
  execFileSync(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], {
    // Shown with the error when it fails; otherwise there is nothing to tell.
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      // The command line would download its migration engine, which generating never runs: the
      // name of any program keeps it from looking.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  });
  writeFileSync(MARK, hash);
}
