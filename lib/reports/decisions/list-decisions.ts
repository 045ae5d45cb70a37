import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { StudyAddress } from '#lib/studies/find-study.ts';
import { decisionRuleSchema } from '#lib/studies/schema.ts';
import { type ReadableStudy, readStudy } from '../read-study.ts';
import { viewAdvice } from './advice-words.ts';
import { findOutdated } from './outdated.ts';
import {
  readAdvice,
  readSnapshotVotes,
  type SnapshotAdvice,
  type SnapshotVotes,
} from './read-advice.ts';
import { captionersToMix, levelsToDecide } from './recommend.ts';
import {
  adviceSchema,
  type DecisionsView,
  type DecisionView,
  mixSchema,
  type Outdated,
} from './schema.ts';

/**
 * What was decided on a study's axis, what the rule says of a snapshot (the newest one unless one is
 * named), and whether newer votes speak against the decision that holds.
 *
 * @throws AppError NOT_FOUND for a snapshot of another study, and as `findStudy` does.
 */
export async function listDecisions(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: StudyAddress & { readonly snapshot?: number | undefined },
): Promise<DecisionsView> {
  const study = await readStudy(platform, actor, input);
  const [canDecide, newest, decisions] = await Promise.all([
    mayWrite(platform, actor, input.project),
    readAdvice(platform, study),
    readDecisions(platform, study),
  ]);
  const looked =
    input.snapshot === undefined ? newest : await readAdvice(platform, study, input.snapshot);
  const captioners = captionersToMix(study.spec);
  // No rule speaks about a mix, but its decision too is bound to the votes that were looked at.
  const votes =
    captioners.length > 0 ? await readSnapshotVotes(platform, study, input.snapshot) : looked;
  return {
    hasAxis: levelsToDecide(study.spec).size > 0,
    captioners,
    canDecide,
    current: votes && {
      snapshot: viewSnapshot(votes.snapshot),
      votes: votes.votes,
      advice: looked && viewAdvice(study.spec, study.spec.decision, looked.advice),
    },
    decisions,
    outdated: outdatedOf(decisions[0], newest),
  };
}

/** Whether newer votes than its own speak against a decision. */
export function outdatedOf(
  decision: DecisionView | undefined,
  newest: SnapshotAdvice | null,
): Outdated {
  if (!decision?.advice || !newest || newest.snapshot.id === decision.snapshot.id)
    return { isOutdated: false, reasons: [] };
  return findOutdated({ arm: decision.arm, advice: decision.advice.advice }, newest.advice);
}

/** The decisions on a study, newest first. */
export async function readDecisions(
  { database }: Pick<Platform, 'database'>,
  study: Pick<ReadableStudy, 'id' | 'spec'>,
): Promise<DecisionView[]> {
  const rows = await database.decision.findMany({
    where: { studyId: study.id },
    orderBy: { id: 'desc' },
    include: {
      arm: { select: { name: true, level: true } },
      snapshot: { select: { id: true, watermark: true, createdAt: true } },
    },
  });
  const userIds = [...new Set(rows.flatMap(({ userId }) => (userId === null ? [] : [userId])))];
  const users = await database.user.findMany({
    where: { id: { in: userIds } },
    select: { id: true, name: true },
  });
  const nameOf = new Map(users.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    id: row.id,
    arm: row.arm?.name ?? null,
    level: row.arm?.level ?? null,
    mix: mixSchema.nullable().parse(row.mix),
    reason: row.reason,
    decidedBy: row.userId === null ? null : (nameOf.get(row.userId) ?? null),
    decidedAt: row.createdAt.toISOString(),
    snapshot: viewSnapshot(row.snapshot),
    advice:
      row.advice === null
        ? null
        : viewAdvice(
            study.spec,
            decisionRuleSchema.parse(row.rule),
            adviceSchema.parse(row.advice),
          ),
  }));
}

function viewSnapshot({ id, watermark, createdAt }: SnapshotVotes['snapshot']) {
  return { id, watermark: String(watermark), createdAt: createdAt.toISOString() };
}

async function mayWrite(platform: Pick<Platform, 'database'>, actor: Actor, project: string) {
  try {
    await authorizeProject(platform, actor, project, 'project.write');
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'FORBIDDEN') return false;
    throw error;
  }
}
