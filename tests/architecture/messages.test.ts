import { expect, test } from 'vitest';
import en from '#messages/en.json' with { type: 'json' };
import zh from '#messages/zh.json' with { type: 'json' };

type Words = string | { [key: string]: Words };

/** The values that each text takes, by its path. */
function valuesOf(words: Words, path = 'messages'): Record<string, string[]> {
  if (typeof words === 'string')
    return { [path]: [...words.matchAll(/\{(\w+)(?=[,}])/g)].map(([, name]) => name ?? '') };
  const inner = Object.entries(words).map(([key, each]) => valuesOf(each, `${path}.${key}`));
  return Object.assign({}, ...inner);
}

test('Chinese says all that English says, and no value that English does not give', () => {
  const [english, chinese] = [valuesOf(en), valuesOf(zh)];
  expect(Object.keys(chinese)).toEqual(Object.keys(english));
  for (const [path, values] of Object.entries(chinese))
    expect(english[path], path).toEqual(expect.arrayContaining(values));
});
