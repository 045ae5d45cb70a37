import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { StudyAddress } from '#lib/studies/find-study.ts';
import { readStudy } from '../read-study.ts';
import type { RankingMethod } from '../schema.ts';
import { readAxis } from './read-axis.ts';
import type { AxisReport } from './schema.ts';

/**
 * The report of a study along its axis. A study without an axis has one without curves.
 *
 * @throws AppError NOT_FOUND for a snapshot that is not this study's, and as `findStudy` does.
 */
export async function getAxisReport(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: StudyAddress & {
    readonly method?: RankingMethod | undefined;
    readonly snapshot?: number | undefined;
  },
): Promise<AxisReport> {
  return readAxis(platform, await readStudy(platform, actor, input), input);
}
