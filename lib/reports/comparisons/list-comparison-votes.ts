import type * as z from 'zod';
import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { StudyAddress } from '#lib/studies/find-study.ts';
import { raterPseudonym } from '#lib/studies/votes/rater-pseudonym.ts';
import type { comparisonVoteSchema } from '../contract.ts';
import { readStudy } from '../read-study.ts';

/** The newest shown; a comparison has as many votes as cells want, plus surplus and trial votes. */
const MOST = 500;

/** How people voted on one comparison, newest first; raters by pseudonym. */
export async function listComparisonVotes(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: StudyAddress & { readonly id: number },
): Promise<{ votes: z.infer<typeof comparisonVoteSchema>[] }> {
  const study = await readStudy(platform, actor, input);
  const comparison = await platform.database.comparison.findFirst({
    where: { id: input.id, studyId: study.id },
  });
  if (!comparison)
    throw new AppError('NOT_FOUND', `The study "${study.slug}" has no comparison ${input.id}.`);
  const votes = await platform.database.vote.findMany({
    where: { comparisonId: comparison.id },
    orderBy: { seq: 'desc' },
    take: MOST,
  });
  const retractions = await platform.database.retraction.findMany({
    where: { voteSeq: { in: votes.map((vote) => vote.seq) } },
    select: { voteSeq: true },
  });
  const excluded = new Set(
    (
      await platform.database.rater.findMany({
        where: { id: { in: votes.map((vote) => vote.raterId) }, isExcluded: true },
        select: { id: true },
      })
    ).map(({ id }) => id),
  );
  const retracted = new Set(retractions.map((row) => row.voteSeq));
  return {
    votes: votes.map((vote) => {
      const left = vote.leftArmId === comparison.armAId ? 'a' : 'b';
      const right = left === 'a' ? 'b' : 'a';
      return {
        seq: String(vote.seq),
        rater: raterPseudonym(study.id, vote.raterId),
        question: vote.question,
        outcome: vote.outcome,
        winner: vote.outcome === 'tie' ? 'tie' : vote.outcome === 'left' ? left : right,
        left,
        status: vote.status,
        origin: vote.origin,
        isExcluded: excluded.has(vote.raterId),
        isRetracted: retracted.has(vote.seq),
        marks: vote.marks,
        decisionMs: vote.decisionMs,
        createdAt: vote.createdAt.toISOString(),
      };
    }),
  };
}
