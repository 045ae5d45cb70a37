import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { rankStudyJob } from '#lib/reports/jobs.ts';
import { findStudy, type StudyAddress } from './find-study.ts';
import { watchStudyJob } from './jobs.ts';
import { getStudy } from './overview/get-study.ts';
import type { StudyDetail } from './overview/schema.ts';
import { recountCells } from './rating/recount-cells.ts';

/**
 * Says whether simulated and imported votes enter rankings, which are then made anew. Nothing is
 * deleted; simulated votes that are left out make room for people's.
 */
export async function setVoteSources(
  platform: Pick<Platform, 'database' | 'queue' | 'environment'>,
  actor: Actor,
  input: StudyAddress & {
    readonly simulated?: boolean | undefined;
    readonly imported?: boolean | undefined;
  },
): Promise<StudyDetail> {
  const { row } = await findStudy(platform, actor, input, 'project.write');
  await platform.database.study.update({
    where: { id: row.id },
    data: {
      ...(input.simulated === undefined ? {} : { countSimulated: input.simulated }),
      ...(input.imported === undefined ? {} : { countImported: input.imported }),
    },
  });
  if (input.simulated !== undefined && input.simulated !== row.countSimulated)
    await recountCells(platform, row.id);
  for (const job of [watchStudyJob, rankStudyJob])
    await platform.queue.enqueue(job, { studyId: row.id }, { singletonKey: String(row.id) });
  return getStudy(platform, actor, input);
}
