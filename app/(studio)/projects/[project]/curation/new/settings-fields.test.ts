import { expect, test } from 'vitest';
import * as z from 'zod';
import { readSettings, settingsFields } from './settings-fields.ts';

const schema = z.object({
  folder: z.string().meta({ title: 'Folder', description: 'Of the model.' }),
  rate: z.number().min(0.1).max(60).default(2).meta({ title: 'Rate' }),
  count: z.int().default(3),
  exact: z.boolean().default(true),
  method: z.enum(['a', 'b']).default('a'),
  captions: z.array(z.string()).default([]),
  rule: z.object({ at: z.number() }).nullable().default(null),
});
const fields = settingsFields(z.toJSONSchema(schema, { io: 'input' }));
const named = (name: string) => fields.find((field) => field.name === name);

test('every setting becomes a field of its kind, with its default', () => {
  expect(fields.map(({ name, kind }) => [name, kind])).toEqual([
    ['folder', 'text'],
    ['rate', 'number'],
    ['count', 'integer'],
    ['exact', 'tick'],
    ['method', 'choice'],
    ['captions', 'words'],
    ['rule', 'json'],
  ]);
  expect(named('folder')).toMatchObject({
    title: 'Folder',
    hint: 'Of the model.',
    isRequired: true,
  });
  expect(named('rate')).toMatchObject({ initial: '2', min: 0.1, max: 60, isRequired: false });
  expect(named('count')).toMatchObject({ title: 'Count', min: undefined, max: undefined });
  expect(named('exact')?.initial).toBe(true);
  expect(named('method')).toMatchObject({ initial: 'a', choices: ['a', 'b'] });
  expect(named('rule')?.initial).toBe('null');
});

test('what differs from the defaults is read as the schema takes it', () => {
  const { settings, problem } = readSettings(fields, {
    folder: '/models/clip',
    rate: '0.5',
    count: '3',
    exact: false,
    method: 'b',
    captions: 'coca, blip  llm',
    rule: '{"at": 1}',
  });
  expect(problem).toBeNull();
  expect(settings).toEqual({
    folder: '/models/clip',
    rate: 0.5,
    exact: false,
    method: 'b',
    captions: ['coca', 'blip', 'llm'],
    rule: { at: 1 },
  });
  expect(schema.safeParse(settings).success).toBe(true);
});

test('what can not be read is told by its title', () => {
  expect(readSettings(fields, {}).problem).toBe('Fill in "Folder".');
  expect(readSettings(fields, { rate: 'fast' }).problem).toBe('"Rate" has to be a number.');
  expect(readSettings(fields, { count: '1.5' }).problem).toBe('"Count" has to be a number.');
  expect(readSettings(fields, { rule: '{' }).problem).toBe('"Rule" has to be JSON.');
  expect(readSettings(fields, { folder: 'a', rate: ' ' })).toEqual({
    settings: { folder: 'a' },
    problem: null,
  });
});
