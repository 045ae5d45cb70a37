import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll } from 'vitest';
import { systemClock } from '#lib/core/clock.ts';
import { createBlobs } from '#lib/platform/blobs/blobs.ts';
import { parseEnvironment } from '#lib/platform/env.ts';
import { createLlm } from '#lib/platform/llm/llm.ts';
import { createMedia } from '#lib/platform/media/media.ts';
import { createModels } from '#lib/platform/models/models.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { createTables } from '#lib/platform/tables/tables.ts';
import { openTestDatabase } from './database.ts';

export const TEST_ORIGIN = 'http://winnow.test';

/** A job that something asked for. */
export interface AskedJob {
  readonly name: string;
  readonly payload: object;
}

export interface TestPlatform extends Platform {
  /** What was put into the queue, in order; nothing runs it. */
  readonly asked: AskedJob[];
}

/**
 * A platform on a database of its own and a data folder that goes when the file is done. Call it at
 * the top of a test file.
 */
export async function openTestPlatform(overrides: Partial<Platform> = {}): Promise<TestPlatform> {
  const { client, url } = await openTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'winnow-test-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
  const media = createMedia();
  afterAll(() => media.close());
  const tables = createTables({ scratchDir: join(dataDir, 'tables'), processes: 1 });
  afterAll(() => tables.close());
  const modelsDir = join(dataDir, 'models');
  const models = createModels({ ...parseEnvironment({}).models, roots: [modelsDir], threads: 1 });
  afterAll(() => models.close());
  const asked: AskedJob[] = [];
  const environment = parseEnvironment({
    DATABASE_URL: url,
    WINNOW_DATA_DIR: dataDir,
    WINNOW_URL: TEST_ORIGIN,
  });
  return {
    database: client,
    queue: {
      enqueue: async (job, payload) => {
        asked.push({ name: job.name, payload: job.payload.parse(payload) });
        return String(asked.length);
      },
    },
    blobs: createBlobs({ dataDir }),
    media,
    models,
    tables,
    clock: systemClock,
    log: pino({ level: 'silent' }),
    environment,
    llm: createLlm(environment),
    secret: 'a secret for tests, long enough to sign with',
    asked,
    ...overrides,
  };
}
