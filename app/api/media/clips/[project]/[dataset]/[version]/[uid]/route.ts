import { serveClip } from '#lib/http/media/serve-clip.ts';

export const dynamic = 'force-dynamic';

export { serveClip as GET, serveClip as HEAD };
