import type { VersionSummary } from './schema.ts';

/** What lists show of a version. */
export function summarizeVersion(row: {
  number: number;
  state: VersionSummary['state'];
  hash: string | null;
  clips: bigint | null;
  refused: bigint | null;
  bytes: bigint | null;
  problem: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}): VersionSummary {
  const count = (value: bigint | null) => (value === null ? null : Number(value));
  return {
    number: row.number,
    state: row.state,
    hash: row.hash,
    clips: count(row.clips),
    refused: count(row.refused),
    bytes: count(row.bytes),
    problem: row.problem,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
