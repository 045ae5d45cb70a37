import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { BodyLimitPlugin } from '@orpc/server/fetch';
import { AppError } from '#lib/core/errors.ts';
import { type Platform, platform } from '#lib/platform/platform.ts';
import { type ApiContext, apiContext } from './context.ts';
import { errorResponse, toAnswer } from './errors.ts';
import { openApiDocument } from './openapi.ts';
import { refuseForeignWrite } from './origin.ts';
import { router } from './router/router.ts';

const PREFIX = '/api/v1';
/** JSON and small pictures: a study as YAML is the largest; videos go to a route of their own. */
const BODY_LIMIT_BYTES = 32 * 1024 * 1024;

/** The whole API over fetch requests; tests give it a platform of their own. */
export function createApi(doors: Platform): (request: Request) => Promise<Response> {
  const { log, environment } = doors;
  const handler = new OpenAPIHandler<ApiContext>(router, {
    plugins: [new BodyLimitPlugin({ maxBodySize: BODY_LIMIT_BYTES })],
    // Around one call, then around what reads its input.
    clientInterceptors: [(call) => call.next().catch((error) => fail(error))],
    interceptors: [(call) => call.next().catch((error) => fail(error))],
  });
  const fail = (error: unknown): never => {
    throw toAnswer(error, log);
  };

  return async (request) => {
    try {
      refuseForeignWrite(request, environment.publicUrl);
      if (new URL(request.url).pathname === `${PREFIX}/openapi.json`) {
        return Response.json(await openApiDocument(environment.publicUrl));
      }
      const context = apiContext(doors, request);
      const { matched, response } = await handler.handle(request, { prefix: PREFIX, context });
      if (!matched) throw new AppError('NOT_FOUND', 'The API has no such address.');
      const headers = new Headers(response.headers);
      for (const [name, value] of context.answer) headers.append(name, value);
      return new Response(response.body, { status: response.status, headers });
    } catch (error) {
      return errorResponse(error, log);
    }
  };
}

let served: ReturnType<typeof createApi> | undefined;

/** The API of this process. */
export function serveApi(request: Request): Promise<Response> {
  served ??= createApi(platform());
  return served(request);
}
