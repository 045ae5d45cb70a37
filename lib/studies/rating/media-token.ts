import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { AppError } from '#lib/core/errors.ts';

/**
 * What a rater's browser may fetch: one blob, sent with padding to `wireBytes` so that lengths tell
 * nothing, until `expiresAt`.
 */
export interface MediaGrant {
  readonly variant: 'mp4' | 'webm' | 'image';
  /** SHA-256 of the blob, hex. */
  readonly hash: string;
  /** Real and sent length; both 0 where the blob's own length is sent. */
  readonly bytes: number;
  readonly wireBytes: number;
  /** Whole seconds count. */
  readonly expiresAt: Date;
}

const VARIANTS = ['mp4', 'webm', 'image'] as const;
const VERSION = 1;
const PAYLOAD_BYTES = 2 + 32 + 3 * 6;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const TOKEN_BYTES = IV_BYTES + PAYLOAD_BYTES + TAG_BYTES;

/**
 * Seals a grant into an address part: AES-256-GCM whose nonce is an HMAC of the use and the content,
 * so that the same use gives the same address (and a hit in the browser's cache) while two uses of
 * one blob share nothing. All tokens have the same length.
 *
 * @param use where it is shown: assignment or rater, side. Never sent.
 */
export function sealMediaToken(secret: string, use: string, grant: MediaGrant): string {
  const payload = Buffer.alloc(PAYLOAD_BYTES);
  payload.writeUInt8(VERSION, 0);
  payload.writeUInt8(VARIANTS.indexOf(grant.variant), 1);
  payload.write(grant.hash, 2, 'hex');
  payload.writeUIntBE(grant.bytes, 34, 6);
  payload.writeUIntBE(grant.wireBytes, 40, 6);
  payload.writeUIntBE(Math.floor(grant.expiresAt.getTime() / 1000), 46, 6);
  const keys = keysOf(secret);
  const iv = createHmac('sha256', keys.nonce)
    .update(`${use.length}:${use}`)
    .update(payload)
    .digest()
    .subarray(0, IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keys.cipher, iv);
  const sealed = Buffer.concat([cipher.update(payload), cipher.final()]);
  return Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString('base64url');
}

/**
 * @throws AppError NOT_FOUND for a token that this server did not make, GONE for one whose time is up.
 */
export function openMediaToken(secret: string, token: string, now: Date): MediaGrant {
  const grant = unseal(secret, token);
  if (grant === null)
    throw new AppError('NOT_FOUND', 'There is no such video: load the page again.', {
      reason: 'media-token',
    });
  if (grant.expiresAt <= now)
    throw new AppError('GONE', 'The time for this pair is over: load the page again.', {
      reason: 'media-expired',
    });
  return grant;
}

function unseal(secret: string, token: string): MediaGrant | null {
  const sealed = Buffer.from(token, 'base64url');
  // The second condition refuses other spellings of the same bytes.
  if (sealed.length !== TOKEN_BYTES || sealed.toString('base64url') !== token) return null;
  const tagAt = TOKEN_BYTES - TAG_BYTES;
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keysOf(secret).cipher,
    sealed.subarray(0, IV_BYTES),
    { authTagLength: TAG_BYTES },
  );
  decipher.setAuthTag(sealed.subarray(tagAt));
  const payload = decipher.update(sealed.subarray(IV_BYTES, tagAt));
  try {
    decipher.final();
  } catch {
    return null;
  }
  const variant = VARIANTS[payload.readUInt8(1)];
  if (payload.readUInt8(0) !== VERSION || variant === undefined) return null;
  return {
    variant,
    hash: payload.toString('hex', 2, 34),
    bytes: payload.readUIntBE(34, 6),
    wireBytes: payload.readUIntBE(40, 6),
    expiresAt: new Date(payload.readUIntBE(46, 6) * 1000),
  };
}

interface TokenKeys {
  readonly cipher: Buffer;
  readonly nonce: Buffer;
}

let derived: (TokenKeys & { readonly secret: string }) | undefined;

function keysOf(secret: string): TokenKeys {
  if (derived?.secret !== secret) {
    const key = (name: string) =>
      Buffer.from(hkdfSync('sha256', secret, '', `winnow media ${name}`, 32));
    derived = { secret, cipher: key('cipher'), nonce: key('nonce') };
  }
  return derived;
}
