import { AppError } from '#lib/core/errors.ts';
import { collectVotes, type VoteColumns } from '#lib/statistics/votes/vote-columns.ts';
import { readVotes, type SkippedRows, type VoteFileFlags } from './vote-file.ts';

/** The votes of a file by question, with what it says about each vote beside the answer. */
export interface QuestionVotes extends SkippedRows {
  /** Names of the questions; one without a name where the file has no column `question`. */
  readonly questions: readonly string[];
  readonly votes: readonly VoteColumns[];
  /** For each question: 1 where a vote is marked; null where the file says nothing. */
  readonly fast: readonly (Uint8Array | null)[];
  readonly unwatched: readonly (Uint8Array | null)[];
}

const ALSO = ['question', 'marks', 'decision_ms'] as const;

/**
 * Reads a vote file whose rows may answer several questions (column `question`) and may tell marks
 * (column `marks`: `too_fast`, `unwatched`) or the time to the answer (`decision_ms`), as exports
 * of a study do.
 *
 * @param tooFastSeconds votes below are too fast, where the file tells times but no marks.
 */
export async function loadQuestions(
  path: string,
  flags: VoteFileFlags,
  tooFastSeconds: number,
): Promise<QuestionVotes> {
  const parts = new Map<string, Part>();
  const skipped = await readVotes(path, flags, ALSO, (vote, [question, marks, decision]) => {
    const name = question?.trim() ?? '';
    const part = parts.get(name) ?? newPart();
    parts.set(name, part);
    part.collector.add(vote);
    const milliseconds = decision?.trim() ? Number(decision) : Number.NaN;
    const isTimed = Number.isFinite(milliseconds);
    const known = marks?.split(/\s+/);
    const isFast = known
      ? known.includes('too_fast')
      : isTimed && milliseconds < tooFastSeconds * 1000;
    part.fast.push(isFast ? 1 : 0);
    part.unwatched.push(known?.includes('unwatched') ? 1 : 0);
    if (known) part.hasMarks = true;
    if (known || isTimed) part.hasTimes = true;
  });
  const all = [...parts.values()];
  return {
    ...skipped,
    questions: [...parts.keys()],
    votes: all.map(({ collector }) => collector.columns()),
    fast: all.map((part) => (part.hasTimes ? Uint8Array.from(part.fast) : null)),
    unwatched: all.map((part) => (part.hasMarks ? Uint8Array.from(part.unwatched) : null)),
  };
}

interface Part {
  readonly collector: ReturnType<typeof collectVotes>;
  readonly fast: number[];
  readonly unwatched: number[];
  hasMarks: boolean;
  hasTimes: boolean;
}

const newPart = (): Part => ({
  collector: collectVotes(),
  fast: [],
  unwatched: [],
  hasMarks: false,
  hasTimes: false,
});

/** @throws AppError BAD_INPUT where no vote names its rater */
export function demandRaters(path: string, { votes }: QuestionVotes): void {
  if (votes.some(({ raters }) => raters.length > 0)) return;
  throw new AppError(
    'BAD_INPUT',
    `${path}: no vote names its rater. The column "rater" must name it, or another by --columns rater=NAME.`,
    { reason: 'no-raters', file: path },
  );
}
