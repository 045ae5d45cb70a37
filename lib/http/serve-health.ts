import { readHealth } from '#lib/operations/health.ts';
import { platform } from '#lib/platform/platform.ts';
import { serveRoute } from './serve-route.ts';

/**
 * That this answers says that the process lives; the status says whether it is ready: 200 or 503.
 * `?live` asks for the first alone, without the database.
 */
export const serveHealth = serveRoute('/api/health', async ({ request }) => {
  const headers = { 'cache-control': 'no-store' };
  if (new URL(request.url).searchParams.has('live')) {
    return Response.json({ live: true }, { headers });
  }
  const { isReady, checks } = await readHealth(platform());
  return Response.json(
    { live: true, ready: isReady, checks },
    { status: isReady ? 200 : 503, headers },
  );
});
