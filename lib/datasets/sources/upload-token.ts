import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '#lib/core/errors.ts';

/** A blob's hash that proves that somebody of this project has sent it: `HASH.SIGNATURE`. */
export function uploadToken(secret: string, projectId: number, hash: string): string {
  return `${hash}.${signatureOf(secret, projectId, hash)}`;
}

/** The hash of a token. @throws AppError FORBIDDEN where it is not one of this project */
export function readUploadToken(secret: string, projectId: number, token: string): string {
  const [hash = '', signature = ''] = token.split('.');
  const expected = Buffer.from(signatureOf(secret, projectId, hash));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new AppError('FORBIDDEN', 'This file was not sent to this project; send it again.', {
      field: 'token',
    });
  return hash;
}

function signatureOf(secret: string, projectId: number, hash: string): string {
  return createHmac('sha256', secret)
    .update(`dataset-upload:${projectId}:${hash}`)
    .digest('base64url');
}
