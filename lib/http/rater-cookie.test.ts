import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEnvironment } from '#lib/platform/env.ts';
import { openProof, raterCookies, sealProof } from './rater-cookie.ts';

const secret = 'a secret for tests, long enough to sign with';
const proof = { raterId: randomUUID(), studyId: 7 };
const sealed = sealProof(secret, 'the-code', proof);

test('opens for its own study alone', () => {
  expect(openProof(secret, 'the-code', sealed)).toEqual(proof);
  expect(openProof(secret, 'other-code', sealed)).toBeNull();
  expect(openProof('another secret, also long enough to sign', 'the-code', sealed)).toBeNull();
});

test('no change to it survives', () => {
  const [body = '', signature = ''] = sealed.split('.');
  const other = Buffer.from(JSON.stringify({ ...proof, studyId: 8 })).toString('base64url');
  for (const forged of ['', '.', body, `${body}.`, `.${signature}`, `${other}.${signature}`]) {
    expect(openProof(secret, 'the-code', forged)).toBeNull();
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(openProof(secret, 'the-code', text)).toBeNull();
    }),
  );
});

test('goes to the browser and back, out of reach of scripts and other sites', () => {
  for (const [WINNOW_URL, isSecure] of [
    ['http://winnow.test', false],
    ['https://winnow.test', true],
  ] as const) {
    const doors = { secret, environment: parseEnvironment({ WINNOW_URL }) };
    const answer = new Headers();
    raterCookies(doors, new Request(WINNOW_URL), answer).set('a;code', proof);
    const line = answer.get('set-cookie') ?? '';
    expect(line).toMatch(/^winnow-rater-[0-9a-f]{16}=[^;]+; Path=\/api; .*HttpOnly; SameSite=Lax/);
    expect(line.includes('; Secure')).toBe(isSecure);

    const cookie = `other=1; ${line.split(';')[0]}`;
    const back = raterCookies(
      doors,
      new Request(WINNOW_URL, { headers: { cookie } }),
      new Headers(),
    );
    expect(back.read('a;code')).toEqual(proof);
    expect(back.read('another')).toBeNull();
  }
});
