import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { systemClock } from '#lib/core/clock.ts';
import { importDirectly } from '#lib/generation/import-directly.ts';
import { type ImportDetail, newImportSchema } from '#lib/generation/schema.ts';
import { createBlobs } from '#lib/platform/blobs/blobs.ts';
import { openDatabase } from '#lib/platform/database/client.ts';
import { startEmbedded } from '#lib/platform/database/embedded/server.ts';
import { migrate } from '#lib/platform/database/migrate.ts';
import { parseEnvironment } from '#lib/platform/env.ts';
import { createMedia } from '#lib/platform/media/media.ts';
import { createTables } from '#lib/platform/tables/tables.ts';
import { makeTestVideo } from '../factories/videos.ts';

const VIDEOS = 1_000;
const ARMS = 10;
const PROCESSES = 2;
const MIB = 1024 ** 2;

/**
 * A thousand small videos in one import: the time, and how much the process that does it grows. Then
 * the same import again, which only reads and compares.
 */
export async function run(print: (line: string) => void): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'winnow-bench-imports-'));
  const server = await startEmbedded({ dataDir });
  await migrate(server.url);
  const database = openDatabase(server.url, 4);
  const media = createMedia({ processes: PROCESSES });
  const tables = createTables();
  const platform = {
    database,
    media,
    tables,
    blobs: createBlobs({ dataDir }),
    clock: systemClock,
    environment: parseEnvironment({ DATABASE_URL: server.url, WINNOW_DATA_DIR: dataDir }),
    log: pino({ level: 'silent' }),
    queue: { enqueue: async () => null },
  };
  try {
    const folder = join(dataDir, 'videos');
    makeVideos(folder);
    await database.project.create({ data: { slug: 'bench', name: 'Bench' } });
    const input = newImportSchema.parse({
      name: 'bench',
      source: { kind: 'folder', path: folder },
    });
    const bring = (onProgress: (detail: ImportDetail) => void) =>
      importDirectly(
        platform,
        { kind: 'system', name: 'bench' },
        { ...input, project: 'bench' },
        { signal: new AbortController().signal, onProgress },
      );

    const residents: { done: number; bytes: number }[] = [];
    const first = await timed(() =>
      bring(({ accepted }) => residents.push({ done: accepted, bytes: process.memoryUsage.rss() })),
    );
    const early = residents.find(({ done }) => done >= VIDEOS / 10)?.bytes ?? 0;
    const most = Math.max(...residents.map(({ bytes }) => bytes));
    print(
      `${first.value.accepted} videos of 320 x 192, 24 frames: ${first.seconds.toFixed(1)} s, ` +
        `${(VIDEOS / first.seconds).toFixed(1)} a second with ${PROCESSES} decoders`,
    );
    print(
      `memory of the process after ${VIDEOS / 10} videos ${mebibytes(early)}, at most ${mebibytes(most)}`,
    );
    const second = await timed(() => bring(() => {}));
    print(`the same import again: ${second.seconds.toFixed(1)} s, nothing changed`);
  } finally {
    media.close();
    tables.close();
    await database.$disconnect();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** One real video under many names, each with its own bytes in a box that players pass over. */
function makeVideos(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const model = join(folder, 'model.mp4');
  makeTestVideo(model, { width: 320, height: 192, frames: 24 });
  const content = readFileSync(model);
  rmSync(model);
  for (let index = 0; index < VIDEOS; index++) {
    const arm = join(folder, `arm ${index % ARMS}`);
    mkdirSync(arm, { recursive: true });
    const box = Buffer.alloc(12);
    box.writeUInt32BE(box.length, 0);
    box.write('free', 4, 'latin1');
    box.writeUInt32BE(index, 8);
    const name = `prompt ${Math.floor(index / ARMS)}.mp4`;
    writeFileSync(join(arm, name), Buffer.concat([content, box]));
  }
}

async function timed<T>(act: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const start = performance.now();
  const value = await act();
  return { value, seconds: (performance.now() - start) / 1000 };
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / MIB)} MiB`;
}
