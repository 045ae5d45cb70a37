import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { changeExclusion, type RaterAddress } from './change-exclusion.ts';

/**
 * Takes an excluded rater's votes into rankings again, with a reason: the same votes as before give the
 * same digits as before. Where others have filled the rater's places, there are more votes than were
 * wanted, and all of them count.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN; CONFLICT for a rater who is not excluded.
 */
export function includeRater(
  platform: Pick<Platform, 'database' | 'clock' | 'queue'>,
  actor: Actor,
  input: RaterAddress & { readonly reason: string },
): Promise<{ rater: string; isExcluded: boolean }> {
  const { reason, ...address } = input;
  return changeExclusion(platform, actor, address, { isExcluded: false, reason });
}
