import type { Actor } from '#lib/accounts/actor.ts';
import { withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { lockRater, requireRater } from './rater-gate.ts';

/**
 * Notes that the rater has seen the training; the first time stands.
 *
 * @throws AppError UNAUTHENTICATED for anybody who is not a rater of this study.
 */
export async function finishTraining(
  platform: Pick<Platform, 'database' | 'clock'>,
  actor: Actor,
  { code }: { readonly code: string },
): Promise<{ trained: true }> {
  const raterActor = requireRater(actor);
  await withTransaction(
    async (transaction) => {
      const rater = await lockRater(transaction, raterActor, code);
      await transaction.rater.updateMany({
        where: { id: rater.raterId, trainedAt: null },
        data: { trainedAt: platform.clock.now() },
      });
    },
    { database: platform.database },
  );
  return { trained: true };
}
