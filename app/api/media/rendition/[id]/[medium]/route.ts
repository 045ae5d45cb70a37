import { serveRendition } from '#lib/http/media/serve-study-media.ts';

export const dynamic = 'force-dynamic';

export { serveRendition as GET, serveRendition as HEAD };
