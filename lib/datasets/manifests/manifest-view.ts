import type { Prisma } from '#lib/platform/database/client.ts';
import {
  type ManifestFormat,
  type ManifestSummary,
  manifestFormatSchema,
  manifestProgressSchema,
} from './schema.ts';

const EXTENSIONS: Readonly<Record<ManifestFormat, string>> = {
  parquet: '.parquet',
  csv: '.csv',
  jsonl: '.jsonl',
  npy: '.npy',
  webdataset: '.shards.tsv',
};

/** The name under which a manifest is downloaded. */
export function manifestFileName(
  { dataset, version, subset }: { dataset: string; version: number; subset: string },
  format: ManifestFormat,
): string {
  return `${dataset}-v${version}-${subset}${EXTENSIONS[format]}`;
}

/** A manifest as lists show it. */
export function manifestSummary(
  row: Prisma.ManifestGetPayload<object>,
  place: { dataset: string; version: number; subset: string },
): ManifestSummary {
  const format = manifestFormatSchema.parse(row.format);
  return {
    format,
    state: row.state,
    problem: row.problem,
    hash: row.hash,
    bytes: row.bytes === null ? null : Number(row.bytes),
    sidecarHash: row.sidecarHash,
    fileName: manifestFileName(place, format),
    progress: manifestProgressSchema.nullable().parse(row.progress),
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
