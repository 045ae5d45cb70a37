import { expect, test } from 'vitest';
import { NEW_ARM } from '../schema.ts';
import { answer, simulatedRater } from './answer.ts';
import { type QuestionTruth, truthOfStudy, truthSchema } from './truth.ts';

const QUESTIONS: QuestionTruth[] = [
  {
    theta: new Map([
      ['a', 1],
      ['b', 0],
    ]),
    nu: 0.5,
  },
];
const CHOICE = { question: 0, prompt: 'p', left: 'a', right: 'b' };

function shares(extra: object, allowTies = true) {
  const truth = truthSchema.parse({ questions: {}, ...extra });
  const counts = { left: 0, right: 0, tie: 0 };
  const total = 20_000;
  for (let index = 0; index < total; index++) {
    const rater = simulatedRater(truth, 7, index);
    counts[answer(truth, QUESTIONS, 7, rater, CHOICE, allowTies).outcome]++;
  }
  return { left: counts.left / total, right: counts.right / total, tie: counts.tie / total };
}

test("honest raters follow Davidson's model", () => {
  const [strong, weak] = [Math.E, 1];
  const sum = strong + weak + 0.5 * Math.sqrt(strong * weak);
  const { left, right, tie } = shares({});
  // Four standard errors of a share of 20,000.
  expect(Math.abs(left - strong / sum)).toBeLessThan(0.014);
  expect(Math.abs(right - weak / sum)).toBeLessThan(0.014);
  expect(Math.abs(tie - (0.5 * Math.sqrt(strong * weak)) / sum)).toBeLessThan(0.014);
});

test('careless raters come in their shares', () => {
  expect(shares({ careless: { leftOnly: 1 } })).toEqual({ left: 1, right: 0, tie: 0 });
  expect(shares({ careless: { rightOnly: 1 } })).toEqual({ left: 0, right: 1, tie: 0 });
  const promoter = { share: 1, arm: 'b' };
  expect(shares({ careless: { promoter } })).toEqual({ left: 0, right: 1, tie: 0 });
  const random = shares({ careless: { random: 1 } }, false);
  expect(Math.abs(random.left - 0.5)).toBeLessThan(0.014);
  expect(random.tie).toBe(0);
});

test('the same seed gives the same answers', () => {
  const truth = truthSchema.parse({ questions: {}, raterSpread: 1, promptSpread: 1 });
  const all = () =>
    Array.from({ length: 50 }, (_, index) =>
      answer(truth, QUESTIONS, 3, simulatedRater(truth, 3, index), CHOICE, true),
    );
  expect(all()).toEqual(all());
});

test('a truth has to name every arm and question, and no other', () => {
  const spec = {
    questions: [{ key: 'q', wording: { en: 'Better?' }, examples: [] }],
    arms: ['a', 'b'].map((name) => ({ ...NEW_ARM, name })),
    allowTies: true,
  };
  const truthOf = (questions: object) => truthOfStudy(truthSchema.parse({ questions }), spec);
  expect(truthOf({ q: { elo: { a: 400, b: 0 } } })[0]?.theta.get('a')).toBeCloseTo(Math.LN10);
  const promoted = {
    questions: { q: { elo: { a: 1, b: 0 } } },
    careless: { promoter: { share: 1, arm: 'x' } },
  };
  expect(() => truthOfStudy(truthSchema.parse(promoted), spec)).toThrow('names the arm "x"');
  expect(() => truthOf({})).toThrow('says nothing about the question "q"');
  expect(() => truthOf({ q: { theta: { a: 1 } } })).toThrow('gives the arm "b" no strength');
  expect(() => truthOf({ q: { theta: { a: 1, b: 1, c: 1 } } })).toThrow('names the arm "c"');
  expect(() => truthOf({ x: { theta: { a: 1, b: 1 } } })).toThrow('names the question "x"');
});
