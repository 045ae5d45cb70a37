import type { StudySpec } from '#lib/studies/schema.ts';
import type { VoteBreakdown } from '#lib/studies/votes/schema.ts';
import type { AxisReport } from '../axis-report/schema.ts';
import type { DecisionView } from '../decisions/schema.ts';
import type { Snapshot, SnapshotHead } from '../schema.ts';

/** All that the methods text says; only what is known of this study. */
export interface MethodsFacts {
  readonly spec: StudySpec;
  /** Regular comparisons that were made; 0 where all votes were imported. */
  readonly comparisons: number;
  readonly breakdown: VoteBreakdown;
  readonly head: SnapshotHead;
  /** Of the method that the report opens with. */
  readonly snapshots: readonly Snapshot[];
  readonly axis: AxisReport | null;
  readonly decision: DecisionView | null;
  readonly acceptedDifferences: readonly { readonly field: string; readonly reason: string }[];
}
