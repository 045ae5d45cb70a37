import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { changeExclusion, type RaterAddress } from './change-exclusion.ts';
import type { ExclusionCause } from './schema.ts';

/**
 * Leaves a rater's votes out of every ranking from now on, with a reason. They stay where they are,
 * those still to come as well; their places are asked for again from other raters, and rankings are
 * made anew. The rater learns nothing of it and is credited as before.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN; CONFLICT for a rater who is excluded already.
 */
export function excludeRater(
  platform: Pick<Platform, 'database' | 'clock' | 'queue'>,
  actor: Actor,
  input: RaterAddress & { readonly because: ExclusionCause; readonly reason: string },
): Promise<{ rater: string; isExcluded: boolean }> {
  const { because, reason, ...address } = input;
  return changeExclusion(platform, actor, address, { isExcluded: true, because, reason });
}
