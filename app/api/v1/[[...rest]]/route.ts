import { serveApi } from '#lib/http/serve-api.ts';

export const dynamic = 'force-dynamic';

export {
  serveApi as DELETE,
  serveApi as GET,
  serveApi as HEAD,
  serveApi as PATCH,
  serveApi as POST,
  serveApi as PUT,
};
