import { seededRandom } from '#lib/core/random.ts';
import type { ComparisonKind } from '../schema.ts';

/** An arm's videos of one prompt that can be shown, by take. */
export interface PromptRenditions {
  readonly promptId: number;
  readonly promptKey: string;
  /** By arm name; take 0 first. Arms in the study's order. */
  readonly arms: readonly {
    readonly armId: number;
    readonly name: string;
    readonly renditionIds: readonly number[];
  }[];
}

export interface GoldPair {
  readonly prompt: string;
  readonly better: string;
  readonly worse: string;
}

export interface ComparisonRules {
  readonly questionCount: number;
  readonly seed: number;
  readonly shares: { readonly gold: number; readonly same: number; readonly repeat: number };
  readonly gold: readonly GoldPair[];
  /** Whether two arms are compared, by their names. */
  readonly meet: (a: string, b: string) => boolean;
}

export interface NewComparison {
  readonly promptId: number;
  readonly kind: ComparisonKind;
  readonly armAId: number;
  readonly armBId: number;
  readonly renditionAId: number;
  readonly renditionBId: number;
  /** For gold: which of the two must win. */
  readonly expected: 'a' | 'b' | null;
  /**
   * One key a question: the seeded order among equally loaded cells, in [0, 2^31). None for checks,
   * which are drawn by their share of a session and have no cells.
   */
  readonly shuffles: readonly number[];
}

/** More cells than this are refused at the opening: inserting them and counting them stays quick below it. */
export const MAX_CELLS = 2_000_000;

/**
 * Every comparison of a study, prompt by prompt:
 * - regular: each pair of arms that meet, take 0 of both;
 * - gold: the named pairs, with the expected winner (with a gold share above 0);
 * - same: take 0 against take 1 of each arm that has two (with a same share above 0);
 * - repeat: the twin of each regular one, for a rater who has answered that (with a repeat share above 0).
 *
 * Arm a comes before arm b in the study's order. The same seed gives the same shuffle keys.
 */
export function* comparisonsOf(
  prompts: Iterable<PromptRenditions>,
  rules: ComparisonRules,
): Generator<NewComparison> {
  const random = seededRandom(`shuffle ${rules.seed}`);
  const shuffles = () => Array.from({ length: rules.questionCount }, () => random.integer(2 ** 31));
  // Naming a pair twice doesn't make it two comparisons.
  const gold = new Map(
    rules.gold.map((pair) => [
      JSON.stringify([pair.prompt, [pair.better, pair.worse].sort()]),
      pair,
    ]),
  );
  const goldByPrompt = Map.groupBy(gold.values(), (pair) => pair.prompt);
  for (const prompt of prompts) {
    for (const pair of pairsOf(prompt, rules)) {
      yield {
        ...pair,
        kind: 'regular',
        expected: null,
        shuffles: shuffles(),
      };
      if (rules.shares.repeat > 0)
        yield {
          ...pair,
          kind: 'repeat',
          expected: null,
          shuffles: [],
        };
    }
    if (rules.shares.gold > 0)
      for (const gold of goldByPrompt.get(prompt.promptKey) ?? []) {
        const pair = goldPair(prompt, gold);
        if (pair) yield { ...pair, kind: 'gold', shuffles: [] };
      }
    if (rules.shares.same > 0)
      for (const arm of prompt.arms) {
        const [first, second] = arm.renditionIds;
        if (first === undefined || second === undefined) continue;
        yield {
          promptId: prompt.promptId,
          kind: 'same',
          armAId: arm.armId,
          armBId: arm.armId,
          renditionAId: first,
          renditionBId: second,
          expected: null,
          shuffles: [],
        };
      }
  }
}

function* pairsOf(prompt: PromptRenditions, { meet }: Pick<ComparisonRules, 'meet'>) {
  const shown = prompt.arms.filter((arm) => arm.renditionIds.length > 0);
  for (const [index, a] of shown.entries())
    for (const b of shown.slice(index + 1)) {
      if (!meet(a.name, b.name)) continue;
      yield {
        promptId: prompt.promptId,
        armAId: a.armId,
        armBId: b.armId,
        renditionAId: a.renditionIds[0] as number,
        renditionBId: b.renditionIds[0] as number,
      };
    }
}

function goldPair(prompt: PromptRenditions, gold: GoldPair) {
  const arms = prompt.arms.filter((arm) => arm.name === gold.better || arm.name === gold.worse);
  const [a, b] = arms;
  const renditionAId = a?.renditionIds[0];
  const renditionBId = b?.renditionIds[0];
  if (!a || !b || renditionAId === undefined || renditionBId === undefined) return null;
  const expected: 'a' | 'b' = a.name === gold.better ? 'a' : 'b';
  return {
    promptId: prompt.promptId,
    armAId: a.armId,
    armBId: b.armId,
    renditionAId,
    renditionBId,
    expected,
  };
}
