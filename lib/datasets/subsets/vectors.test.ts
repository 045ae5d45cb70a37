import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { definitionHash } from './definition-hash.ts';
import {
  captionPrefix,
  controlLabel,
  controlPrefix,
  samplePrefix,
  tiePrefix,
} from './hash-texts.ts';
import { removedOf } from './rank.ts';
import { fractionSchema, subsetDefinitionSchema } from './schema.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const UID = '9a0364b9e99bb480dd25e1f0284c8555';

test('hashes are those of docs/subsets.md', () => {
  expect([
    md5(samplePrefix(7) + UID),
    md5(tiePrefix(7) + UID),
    md5(controlPrefix(7, controlLabel('aes', 0.125)) + UID),
    Number.parseInt(md5(captionPrefix(7) + UID).slice(0, 13), 16) / 2 ** 52,
  ]).toEqual([
    '2fb7c44b82ebcdd27661b98ddbe85502',
    'c5fcabbba7c24aa4d8fb05a92d3b444f',
    '7a2658196d90aaafdf76e1c322796daa',
    0.42995904162048193,
  ]);
});

test('fractions remove the nearest number of clips, halves up', () => {
  expect([0, 1, 3, 4, 5, 12].map((clips) => removedOf(0.125, clips))).toEqual([0, 0, 0, 1, 1, 2]);
  expect(fractionSchema.safeParse(0.12345).success).toBe(false);
  expect(fractionSchema.safeParse(1).success).toBe(false);
  expect(fractionSchema.parse(0.3333)).toBe(0.3333);
});

test('a rule has one hash, whatever the order in which it is written', () => {
  const sample = { size: null, seed: 0, present: [], threshold: null };
  const rule = { sample, cuts: [], control: null, captionMix: null };
  const turned = { captionMix: null, control: null, cuts: [], sample };
  const hash = definitionHash('ab', subsetDefinitionSchema.parse(rule));
  expect(definitionHash('ab', turned)).toBe(hash);
  expect(hash).toBe(
    createHash('sha256')
      .update(
        '{"definition":{"captionMix":null,"control":null,"cuts":[],"sample":{"present":[],"seed":0,"size":null,"threshold":null}},"version":"ab"}',
      )
      .digest('hex'),
  );
  expect(definitionHash('cd', rule)).not.toBe(hash);
});
