import { expect, test } from 'vitest';
import { pickLocale } from './pick-locale.ts';

test.each([
  [undefined, null, 'en'],
  [undefined, 'zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  [undefined, 'en-GB,zh;q=0.5', 'en'],
  [undefined, 'de-DE,zh-Hans;q=0.4,en;q=0.3', 'zh'],
  [undefined, 'fr, de', 'en'],
  [undefined, 'zh;q=0, en', 'en'],
  [undefined, 'en;q=0.2, zh;q=0.8', 'zh'],
  ['zh', 'en', 'zh'],
  ['xx', 'zh', 'zh'],
])('chosen %s, browser %s: %s', (chosen, header, locale) => {
  expect(pickLocale(chosen, header)).toBe(locale);
});
