import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Transaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy, type StudyAddress } from '../find-study.ts';
import { requestRanking } from '../rating/request-ranking.ts';
import { LONG_TRANSACTION_MS, lockExistingStudy } from '../study-rows.ts';
import { readScoreFile, type ScoreFile } from './score-file.ts';

export interface ImportScoresInput extends StudyAddress {
  readonly file: { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> };
}

export interface ImportedScores {
  readonly metrics: string[];
  /** Values of all metrics together. */
  readonly scores: number;
}

const BATCH = 10_000;

/**
 * Takes in scores of a study's videos, such as CLIP scores, to hold them against its votes. What the
 * study had of a metric in the file is replaced, all or nothing; other metrics stay. Asks for a new
 * ranking, whose analysis uses them.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN; CONFLICT for a draft, whose arms may still change; BAD_INPUT
 *   naming the line where the file is wrong.
 */
export async function importScores(
  platform: Pick<Platform, 'database' | 'queue' | 'log'>,
  actor: Actor,
  input: ImportScoresInput,
): Promise<ImportedScores> {
  const { row, spec } = await findStudy(platform, actor, input, 'project.write');
  if (row.state === 'draft')
    throw new AppError('CONFLICT', 'Open the study first: the arms of a draft may still change.', {
      reason: 'draft',
    });
  const file = await readScoreFile(input.file.bytes, {
    file: input.file.name,
    arms: spec.arms.map(({ name }) => name),
    prompts: spec.prompts,
  });
  const scores = await platform.database.$transaction(
    async (transaction) => {
      // Two files at once must not mix.
      await lockExistingStudy(transaction, row.id);
      return replaceScores(transaction, row.id, file);
    },
    { timeout: LONG_TRANSACTION_MS },
  );
  requestRanking(platform, row.id);
  return { metrics: [...file.metrics], scores };
}

async function replaceScores(
  transaction: Transaction,
  studyId: number,
  { metrics, rows }: ScoreFile,
): Promise<number> {
  const byPosition = {
    where: { studyId },
    orderBy: { position: 'asc' },
    select: { id: true },
  } as const;
  const arms = await transaction.arm.findMany(byPosition);
  const prompts = await transaction.prompt.findMany(byPosition);
  await transaction.renditionScore.deleteMany({
    where: { studyId, metric: { in: [...metrics] } },
  });
  const data = rows.flatMap(({ arm, prompt, values }) =>
    values.flatMap((value, place) => {
      const armId = arms[arm]?.id;
      const promptId = prompts[prompt]?.id;
      const metric = metrics[place];
      return value === null || armId === undefined || promptId === undefined || metric === undefined
        ? []
        : [{ studyId, armId, promptId, metric, value }];
    }),
  );
  for (let from = 0; from < data.length; from += BATCH)
    await transaction.renditionScore.createMany({ data: data.slice(from, from + BATCH) });
  return data.length;
}
