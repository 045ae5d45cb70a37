import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { AppError } from '#lib/core/errors.ts';
import { csvLine } from '#lib/reports/exports/csv.ts';
import { simulateVotes, type VotesPlan } from '#lib/studies/simulation/simulate-votes.ts';

/** Columns of a study's export of votes, less the time of arrival. */
const COLUMNS = [
  'model_a',
  'model_b',
  'winner',
  'question',
  'prompt',
  'rater',
  'shown_left',
  'kind',
  'status',
  'origin',
  'marks',
  'decision_ms',
  'seq',
];
const WINNERS = { left: 'model_a', right: 'model_b', tie: 'tie' } as const;
const CHUNK = 1 << 16;

/**
 * Writes simulated votes as CSV, as a study's export has them.
 *
 * @param path null is standard output.
 * @throws AppError BAD_INPUT where the file can't be written, or the truth does not fit.
 */
export async function writeSimulatedVotes(plan: VotesPlan, path: string | null): Promise<void> {
  const stream = path === null ? process.stdout : createWriteStream(path);
  const failed = new Promise<never>((_, reject) => {
    stream.once('error', (error: NodeJS.ErrnoException) =>
      reject(new AppError('BAD_INPUT', `Can't write ${path ?? 'the votes'} (${error.code}).`)),
    );
  });
  const write = async (text: string) => {
    if (!stream.write(text)) await Promise.race([once(stream, 'drain'), failed]);
  };
  let text = csvLine(COLUMNS);
  let seq = 0;
  for (const vote of simulateVotes(plan)) {
    text += csvLine([
      ...[vote.left, vote.right, WINNERS[vote.outcome], vote.question, vote.prompt, vote.rater],
      ...['model_a', 'regular', 'counted', 'simulated', vote.marks.join(' ')],
      ...[vote.decisionMs, ++seq],
    ]);
    if (text.length < CHUNK) continue;
    await write(text);
    text = '';
  }
  await write(text);
  if (path === null) return;
  await Promise.race([new Promise<void>((resolve) => stream.end(resolve)), failed]);
}
