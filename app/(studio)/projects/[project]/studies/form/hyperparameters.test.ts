import { expect, test } from 'vitest';
import { readHyperparameters, writeHyperparameters } from './hyperparameters.ts';

test('hyperparameters are read with their types, and an empty one is unknown', () => {
  expect(
    readHyperparameters('steps=40000; base = sd 2.1 ;ema=true;lr=1e-4;seed=; nonsense'),
  ).toEqual({
    steps: 40000,
    base: 'sd 2.1',
    ema: true,
    lr: 0.0001,
    seed: null,
  });
});

test('what is written is read back', () => {
  const values = { steps: 40000, base: 'sd21', ema: false, seed: null };
  expect(readHyperparameters(writeHyperparameters(values))).toEqual(values);
});
