import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MediaGrant, openMediaToken, sealMediaToken } from './media-token.ts';

const SECRET = 'a secret of thirty-two characters';
const GRANT: MediaGrant = {
  variant: 'mp4',
  hash: 'ab'.repeat(32),
  bytes: 1234,
  wireBytes: 4096,
  expiresAt: new Date('2026-01-01T00:10:00Z'),
};
const BEFORE = new Date('2026-01-01T00:09:59Z');

test('what is sealed comes out', () => {
  fc.assert(
    fc.property(
      fc.record({
        variant: fc.constantFrom('mp4', 'webm', 'image'),
        hash: fc.stringMatching(/^[0-9a-f]{64}$/),
        bytes: fc.nat(2 ** 31),
        wireBytes: fc.nat(2 ** 31),
        expiresAt: fc.integer({ min: 2e9, max: 4e9 }).map((seconds) => new Date(seconds * 1000)),
      }),
      fc.string(),
      (grant: MediaGrant, use) => {
        const token = sealMediaToken(SECRET, use, grant);
        expect(token).toMatch(/^[\w-]{107}$/);
        expect(openMediaToken(SECRET, token, BEFORE)).toEqual(grant);
      },
    ),
  );
});

test('B4: the same use gives the same token, another use shares nothing with it', () => {
  const first = sealMediaToken(SECRET, 'assignment a left', GRANT);
  expect(sealMediaToken(SECRET, 'assignment a left', GRANT)).toBe(first);
  const other = sealMediaToken(SECRET, 'assignment b left', GRANT);
  // 16 characters hold the nonce's 12 bytes; after it nothing may line up but by chance.
  const equal = [...first].filter((letter, index) => letter === other[index]).length;
  expect(equal).toBeLessThan(12);
});

test('B4: an expired token is gone', () => {
  const token = sealMediaToken(SECRET, 'use', GRANT);
  expect(() => openMediaToken(SECRET, token, GRANT.expiresAt)).toThrow(
    expect.objectContaining({ code: 'GONE' }),
  );
});

test('any change of a token, another secret or plain text is refused', () => {
  const token = sealMediaToken(SECRET, 'use', GRANT);
  const refuse = (changed: string, secret = SECRET) =>
    expect(() => openMediaToken(secret, changed, BEFORE)).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.stringMatching(/^[\w-]$/), (at, letter) => {
      fc.pre(token[at] !== letter);
      refuse(token.slice(0, at) + letter + token.slice(at + 1));
    }),
  );
  refuse(token, 'another secret of 32 characters!!');
  for (const text of ['', 'x', `${token}=`, `${token}A`, GRANT.hash, '../../etc/passwd'])
    refuse(text);
});
