import { serveHealth } from '#lib/http/serve-health.ts';

export const dynamic = 'force-dynamic';

export { serveHealth as GET };
