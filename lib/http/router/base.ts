import { implement } from '@orpc/server';
import { authorize } from '#lib/accounts/authorize.ts';
import { permissionSchema } from '#lib/accounts/schema.ts';
import { contract } from '#lib/contract.ts';
import { type ApiContext, raterActor } from '../context.ts';

/**
 * The start of every router: `base.projects.list.handler(({ context, input }) => ...)`, where
 * `context.actor` is who asks. A procedure about rating sees the rater of its study's cookie and
 * never the signed-in person; all others see the signed-in person and never a rater.
 */
export const base = implement(contract)
  .$context<ApiContext>()
  .use(async ({ context, procedure, next }, input: unknown) => {
    const permission = permissionSchema.parse(procedure['~orpc'].meta.permission);
    const actor =
      permission === 'rating.take-part'
        ? raterActor(context, (input as { code?: unknown } | undefined)?.code)
        : await context.signedIn();
    authorize(actor, permission);
    return next({ context: { actor } });
  });
