import { expect, test } from 'vitest';
import { nextAddress } from './next-address.ts';

test.each(['/', '/projects/demo', '/projects/demo?tab=1#top'])('goes to %s', (address) => {
  expect(nextAddress(address)).toBe(address);
});

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/a\\b',
  '/\t/evil.example',
  'javascript:alert(1)',
  '',
  undefined,
  null,
])('goes to the start instead of %s', (address) => {
  expect(nextAddress(address)).toBe('/');
});
