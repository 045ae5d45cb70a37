import type { VoteColumns } from './vote-columns.ts';

/** The memory of the columns, so that votes can move to a thread instead of being copied. */
export function votesBuffers(votes: VoteColumns): ArrayBuffer[] {
  return Object.values(votes).flatMap((column: unknown) =>
    ArrayBuffer.isView(column) && column.buffer instanceof ArrayBuffer ? [column.buffer] : [],
  );
}
