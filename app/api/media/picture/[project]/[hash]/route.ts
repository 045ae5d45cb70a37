import { servePicture } from '#lib/http/media/serve-study-media.ts';

export const dynamic = 'force-dynamic';

export { servePicture as GET, servePicture as HEAD };
