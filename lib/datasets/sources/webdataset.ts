import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { AppError } from '#lib/core/errors.ts';
import { readEndings } from './formats.ts';
import { readMember, Sample, SIDECAR_LIMIT } from './sidecars.ts';
import type { FoundEntry, SourceFile } from './source-file.ts';
import { withStaged } from './stage.ts';

/** Clips whose sidecars make one file of rows. */
const SAMPLES_PER_FILE = 10_000;

export interface StagePlace {
  folder: string;
  signal: AbortSignal;
}

/** The shards and the sidecars of a WebDataset as files of rows; the clips themselves are not read. */
export function webdatasetFiles(entries: readonly FoundEntry[], place: StagePlace): SourceFile[] {
  const shards = entries.filter(({ name }) => /\.tar$/i.test(name));
  const loose = entries.filter(({ name }) => !/\.tar$/i.test(name));
  return [
    ...shards.map((shard) => fileOf(shard.name, () => shardLines(shard, place), place)),
    ...looseFiles(loose, place),
  ];
}

function fileOf(
  name: string,
  lines: () => AsyncIterable<Uint8Array>,
  { folder, signal }: StagePlace,
): SourceFile {
  return {
    name,
    readAs: 'jsonl',
    withLocal: (use) => withStaged(folder, lines(), 'none', signal, use),
  };
}

async function* shardLines(shard: FoundEntry, { signal }: StagePlace): AsyncGenerator<Uint8Array> {
  const members = extract();
  const source = Readable.from(shard.read(signal), { objectMode: false });
  source.on('error', (error) => members.destroy(error));
  source.pipe(members);
  let sample: Sample | null = null;
  let hasMembers = false;
  try {
    for await (const member of members) {
      hasMembers = true;
      const { name, type, size = 0 } = member.header;
      const { key, ending } = readMember(name);
      if (sample !== null && sample.key !== key) {
        if (!sample.isEmpty) yield lineOf(sample, shard.name);
        sample = null;
      }
      sample ??= new Sample(key);
      if (type === 'file' && Sample.wants(ending) && size <= SIDECAR_LIMIT)
        sample.addSidecar(ending, (await buffer(member)).toString('utf8'));
      else {
        if (type === 'file') sample.addMedia(ending);
        member.resume();
      }
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    signal.throwIfAborted();
    throw noShard(error);
  } finally {
    source.destroy();
  }
  if (!hasMembers) throw noShard();
  if (sample !== null && !sample.isEmpty) yield lineOf(sample, shard.name);
}

function noShard(cause?: unknown): AppError {
  const detail = cause instanceof Error ? ` (${cause.message})` : '';
  return new AppError(
    'BAD_INPUT',
    `It is no whole tar file${detail}; write the shard anew.`,
    { reason: 'tar' },
    { cause },
  );
}

function looseFiles(entries: readonly FoundEntry[], place: StagePlace): SourceFile[] {
  const groups = new Map<string, FoundEntry[]>();
  for (const entry of entries) {
    const { key } = readMember(entry.name);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  const samples = [...groups].filter(([, group]) =>
    group.some(({ name }) => readEndings(name).format === 'webdataset'),
  );
  const files: SourceFile[] = [];
  for (let start = 0; start < samples.length; start += SAMPLES_PER_FILE) {
    const some = samples.slice(start, start + SAMPLES_PER_FILE);
    const name = `sidecars ${start + 1} to ${start + some.length}`;
    files.push(fileOf(name, () => looseLines(some, place), place));
  }
  return files;
}

async function* looseLines(
  samples: readonly [string, FoundEntry[]][],
  { signal }: StagePlace,
): AsyncGenerator<Uint8Array> {
  for (const [key, entries] of samples) {
    const sample = new Sample(key);
    for (const entry of entries) {
      const { ending } = readMember(entry.name);
      if (Sample.wants(ending)) sample.addSidecar(ending, await readSmall(entry, signal));
      else sample.addMedia(ending);
    }
    yield lineOf(sample, null);
  }
}

async function readSmall(entry: FoundEntry, signal: AbortSignal): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of entry.read(signal)) {
    bytes += chunk.length;
    if (bytes > SIDECAR_LIMIT)
      throw new AppError(
        'TOO_LARGE',
        `The sidecar ${entry.name} has more than ${SIDECAR_LIMIT} bytes; it is no annotation.`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function lineOf(sample: Sample, shard: string | null): Uint8Array {
  return Buffer.from(`${sample.toLine(shard)}\n`);
}
