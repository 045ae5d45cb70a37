import { AppError } from '#lib/core/errors.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses writes that another site sends through a person's browser. Every browser states the
 * origin of a write; it has to be the address that people type (`publicUrl`) or the one that this
 * request was sent to, so that one server can be reached under several names.
 *
 * @throws AppError FORBIDDEN for a foreign, `null` or absent origin.
 */
export function refuseForeignWrite(request: Request, publicUrl: string): void {
  if (SAFE_METHODS.has(request.method)) return;
  const site = request.headers.get('sec-fetch-site');
  const isOwn = site === null || site === 'same-origin';
  if (isOwn && isOwnOrigin(request.headers, publicUrl)) return;
  throw new AppError('FORBIDDEN', 'This request came from another site, so it was refused.', {
    reason: 'origin',
  });
}

function isOwnOrigin(headers: Headers, publicUrl: string): boolean {
  const origin = headers.get('origin');
  if (origin === null || !URL.canParse(origin)) return false;
  const { origin: normal, host } = new URL(origin);
  return normal === new URL(publicUrl).origin || host === headers.get('host');
}
