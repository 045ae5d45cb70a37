import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { Prisma } from '#lib/platform/database/client.ts';
import { runWork, type WorkOutcome } from '#lib/platform/database/run-work.ts';
import { leaseLost, type WorkLease } from '#lib/platform/database/work-lease.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { withScratchFolder } from '../canonical/scratch-folder.ts';
import { canonicalFiles } from '../canonical-files.ts';
import { readVersion } from '../read-version.ts';
import { orderedJson } from '../subsets/definition-hash.ts';
import { combinedCountsSchema, subsetDefinitionSchema } from '../subsets/schema.ts';
import { type ManifestProgress, manifestFormatSchema } from './schema.ts';
import { manifestFacts } from './sidecar.ts';
import { writeManifest } from './write-manifest.ts';

export const MANIFESTS = { name: 'manifest', stateType: 'WorkState' };
const WORKER: Actor = { kind: 'system', name: 'worker' };
const TELL_MS = 1000;

export type ManifestPlatform = Pick<
  Platform,
  'database' | 'blobs' | 'tables' | 'log' | 'environment'
>;

export interface RunManifestOptions {
  signal: AbortSignal;
  onProgress?: (progress: ManifestProgress) => void;
}

/**
 * Writes a manifest that waits, puts it into the blob store and beside it what it is. Can be stopped
 * at any time; of several processes that try, one works.
 *
 * @throws whatever ended it early, after which the manifest waits to be run again
 */
export async function runManifest(
  platform: ManifestPlatform,
  manifestId: number,
  { signal, onProgress }: RunManifestOptions,
): Promise<WorkOutcome> {
  return runWork(platform, { table: MANIFESTS, id: manifestId, signal }, (lease, whole) =>
    withScratchFolder(platform, (folder) =>
      makeFile(platform, lease, { folder, signal: whole, onProgress }),
    ),
  );
}

async function makeFile(
  platform: ManifestPlatform,
  lease: WorkLease,
  {
    folder,
    signal,
    onProgress = () => undefined,
  }: { folder: string; signal: AbortSignal; onProgress: RunManifestOptions['onProgress'] },
): Promise<void> {
  const { database } = platform;
  const row = await database.manifest.findUniqueOrThrow({
    where: { id: lease.id },
    include: {
      subset: {
        include: { version: { include: { dataset: { include: { project: true } } } } },
      },
    },
  });
  const { subset } = row;
  const version = await readVersion(platform, WORKER, {
    project: subset.version.dataset.project.slug,
    dataset: subset.version.dataset.slug,
    version: subset.version.number,
  });
  const definition = subsetDefinitionSchema.parse(subset.definition);
  const format = manifestFormatSchema.parse(row.format);
  const clips = Number(subset.clips);
  const counts = combinedCountsSchema.nullable().parse(subset.counts);
  const { slug, definitionHash } = subset;
  const facts = manifestFacts({
    version,
    subset: { slug, definitionHash, clips, counts },
    definition,
    format,
  });
  const output = join(folder, 'manifest');
  const tell = async (step: ManifestProgress['step']) => {
    const bytes = (await stat(output).catch(() => null))?.size ?? 0;
    onProgress({ step, bytes });
    await database.manifest.updateMany({
      where: { ...lease, state: 'running' },
      data: { progress: { step, bytes } },
    });
  };
  // What is shown may lag behind: a write that fails is made up for by the next one.
  const timer = setInterval(() => void tell('writing').catch(() => undefined), TELL_MS);
  const files = await canonicalFiles(platform, version);
  const input = { files, columns: version.columns, definition, format, facts, output, signal };
  const listed = await writeManifest(platform, input).finally(() => clearInterval(timer));
  if (listed !== clips)
    throw new AppError(
      'BAD_INPUT',
      `The manifest lists ${listed} clips where the subset has ${clips}; make the axis again.`,
    );
  await tell('storing');
  const blob = await platform.blobs.putFile(output);
  signal.throwIfAborted();
  const sidecar = await platform.blobs.putStream(
    oneChunk(`${orderedJson({ ...facts, manifest: blob }, 2)}\n`),
  );
  const { count } = await database.manifest.updateMany({
    where: { ...lease, state: 'running' },
    data: {
      hash: blob.hash,
      bytes: blob.bytes,
      sidecarHash: sidecar.hash,
      progress: Prisma.DbNull,
    },
  });
  if (count === 0) throw leaseLost();
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
