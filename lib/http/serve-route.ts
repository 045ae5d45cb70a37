import type { Actor } from '#lib/accounts/actor.ts';
import { authorize } from '#lib/accounts/authorize.ts';
import { ROUTES, type RoutePath } from '#lib/accounts/pages.ts';
import { type Platform, platform } from '#lib/platform/platform.ts';
import { apiContext, type RequestMeta, raterActor } from './context.ts';
import { errorResponse } from './errors.ts';
import { refuseForeignWrite } from './origin.ts';
import type { RaterCookies } from './rater-cookie.ts';

/** One request to a route handler outside the API router: an upload, a video. */
export interface RouteCall<Params> {
  readonly request: Request;
  readonly params: Params;
  readonly platform: Platform;
  readonly actor: Actor;
  readonly rater: RaterCookies;
  readonly meta: RequestMeta;
}

/**
 * A route handler with what every one needs: its rule of `ROUTES`, the actor, the check of where a
 * write came from, and coded errors. The use case behind it checks the right to the resource.
 */
export function serveRoute<Params extends Record<string, string | string[]>>(
  path: RoutePath,
  handle: (call: RouteCall<Params>) => Promise<Response>,
): (request: Request, next: { params: Promise<Params> }) => Promise<Response> {
  return async (request, next) => {
    const doors = platform();
    try {
      refuseForeignWrite(request, doors.environment.publicUrl);
      const context = apiContext(doors, request);
      const params = await next.params;
      const permission = ROUTES[path];
      const actor = await actorFor(permission, context, params);
      authorize(actor, permission);
      const { rater, request: meta } = context;
      return await handle({ request, params, platform: doors, actor, rater, meta });
    } catch (error) {
      return errorResponse(error, doors.log);
    }
  };
}

type Context = ReturnType<typeof apiContext>;

function actorFor(permission: string, context: Context, params: Record<string, unknown>) {
  return permission === 'rating.take-part'
    ? Promise.resolve(raterActor(context, params.code))
    : context.signedIn();
}
