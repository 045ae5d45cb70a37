import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renditionProfileSchema } from '../schema.ts';
import { type FixedProfile, fixProfile, profileKey, wireBytes } from './profile.ts';

const PROFILE = renditionProfileSchema.parse({ fps: 24 });

test('the shortest video sets the length, in whole frames, unless the study does', () => {
  expect(fixProfile(PROFILE, 2.02)?.durationSeconds).toBe(2);
  expect(fixProfile(PROFILE, 47.99999 / 24)?.durationSeconds).toBe(2);
  expect(fixProfile(PROFILE, 0.001)?.durationSeconds).toBe(1 / 24);
  expect(fixProfile({ ...PROFILE, durationSeconds: 1.5 }, 9)?.durationSeconds).toBe(1.5);
  expect(fixProfile(PROFILE, null)).toBeNull();
});

test('the key changes with everything that changes the picture', () => {
  const fixed: FixedProfile = { ...PROFILE, durationSeconds: 2 };
  const mask = { left: 0, top: 0, width: 0.1, height: 0.1 };
  const others: Partial<FixedProfile>[] = [
    { width: 640 },
    { height: 640 },
    { fps: 12 },
    { durationSeconds: 3 },
    { codec: 'vp9' },
    { crf: 30 },
    { masks: [mask] },
  ];
  const keys = [{}, ...others].map((other) => profileKey({ ...fixed, ...other }));
  expect(new Set(keys).size).toBe(keys.length);
  expect(profileKey({ ...fixed })).toBe(keys[0]);
});

test('padded sizes are whole steps with room for a padding box, and never two steps more', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 }), (bytes) => {
      const padded = wireBytes(bytes);
      expect(padded % 4096).toBe(0);
      expect(padded - bytes).toBeGreaterThanOrEqual(16);
      expect(padded - bytes).toBeLessThan(4096 + 16);
    }),
  );
});
