import { serveRaterMedia } from '#lib/http/media/serve-rater-media.ts';

export const dynamic = 'force-dynamic';

export { serveRaterMedia as GET, serveRaterMedia as HEAD };
