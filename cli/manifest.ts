import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { type Command, Option } from 'commander';
import { AppError } from '#lib/core/errors.ts';
import { makeManifestDirectly } from '#lib/datasets/manifests/make-manifest-directly.ts';
import { openManifest } from '#lib/datasets/manifests/open-manifest.ts';
import { type ManifestFormat, manifestFormatSchema } from '#lib/datasets/manifests/schema.ts';
import { platform as productionPlatform } from '#lib/platform/platform.ts';
import { COMMAND_LINE } from './command-line-actor.ts';
import { addressOf, type VersionFlags, versionOptions } from './dataset-flags.ts';
import { progressLine } from './progress-line.ts';
import { withDatabase } from './with-database.ts';

interface ExportFlags extends VersionFlags {
  format: ManifestFormat;
  out?: string;
}

/** `winnow manifest export SUBSET`: writes the file that lists a subset, and what it is beside it. */
export function registerManifest(program: Command): void {
  const manifest = program.command('manifest').description('Files that list subsets.');
  versionOptions(
    manifest.command('export').description('Write the file that lists a subset, for training.'),
  )
    .argument('<subset>', "the subset's short name")
    .addOption(
      new Option('--format <format>', 'npy: sorted uids; webdataset: shards and keys')
        .choices(manifestFormatSchema.options)
        .default('parquet'),
    )
    .option('--out <file>', 'the file to write (default: named after the subset)')
    .action((subset: string, flags: ExportFlags) =>
      withDatabase((signal) => exportManifest(subset, flags, signal)),
    );
}

async function exportManifest(
  subset: string,
  flags: ExportFlags,
  signal: AbortSignal,
): Promise<void> {
  const { database, blobs, tables, environment, queue, log } = productionPlatform();
  const quiet = log.child({}, { level: 'fatal' });
  const platform = { database, blobs, tables, environment, queue, log: quiet };
  const address = { ...addressOf(flags), subset, format: flags.format };
  const line = progressLine(process.stderr);
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  const made = await makeManifestDirectly(platform, COMMAND_LINE, address, {
    signal,
    onProgress: ({ step, bytes }) => line.show(`${step} ${megabytes(bytes)} ...`),
  }).finally(() => line.clear());
  const out = resolve(flags.out ?? made.fileName);
  for (const [part, path] of [
    ['file', out],
    ['sidecar', `${out}.json`],
  ] as const) {
    const { body } = await openManifest(platform, COMMAND_LINE, { ...address, part });
    await writeWhole(body as ReadableStream, path, signal);
  }
  process.stdout.write(`${out}\n${out}.json\n`);
}

/** Writes a file under its name only once it is there as a whole. */
async function writeWhole(body: ReadableStream, path: string, signal: AbortSignal): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await pipeline(Readable.fromWeb(body), createWriteStream(partial), { signal });
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    if (!signal.aborted) throw error;
    throw new AppError('UNAVAILABLE', 'Stopped. The same command goes on from here.');
  }
}
