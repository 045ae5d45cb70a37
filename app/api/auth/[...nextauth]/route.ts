import { serveAuth } from '#lib/http/serve-auth.ts';

export { serveAuth as GET, serveAuth as POST };
