import { serveVideo } from '#lib/http/imports/serve-video.ts';

export const dynamic = 'force-dynamic';

export { serveVideo as GET, serveVideo as HEAD };
