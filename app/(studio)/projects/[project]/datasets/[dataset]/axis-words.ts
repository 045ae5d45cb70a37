import type { Tone } from '#components/badge.tsx';
import type { AxisDefinition, AxisProgress } from '#lib/datasets/axes/schema.ts';
import type { ManifestFormat } from '#lib/datasets/manifests/schema.ts';
import type { VersionSummary } from '#lib/datasets/schema.ts';

export const AXIS_STATES: Readonly<Record<VersionSummary['state'], { text: string; tone: Tone }>> =
  {
    waiting: { text: 'Waiting', tone: 'accent' },
    running: { text: 'Finding the cuts', tone: 'accent' },
    paused: { text: 'Paused', tone: 'warn' },
    done: { text: 'Ready', tone: 'good' },
    failed: { text: 'Failed', tone: 'bad' },
    cancelled: { text: 'Cancelled', tone: 'neutral' },
  };

export const STEP_WORDS: Readonly<Record<AxisProgress['step'], string>> = {
  sample: 'Drawing the sample',
  cuts: 'Finding the cut values',
  ties: 'Breaking ties',
  control: 'Drawing the random drops',
  overlap: 'Counting what stays',
  labels: 'Counting labels',
  examples: 'Looking for clips around the cuts',
};

export const MISSING_WORDS: Readonly<Record<AxisDefinition['missing'], string>> = {
  'remove-first': 'are dropped first',
  keep: 'are kept',
  exclude: 'are left out of the sample',
};

export const FORMAT_WORDS: Readonly<Record<ManifestFormat, string>> = {
  parquet: 'Parquet',
  csv: 'CSV',
  jsonl: 'JSONL',
  npy: 'uids (.npy)',
  webdataset: 'WebDataset shards',
};

/** A share as people say it: 12.5 %. */
export function percentText(fraction: number): string {
  return `${Math.round(fraction * 10_000) / 100} %`;
}
