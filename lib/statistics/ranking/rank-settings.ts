import { AppError } from '#lib/core/errors.ts';
import type { RankSettings } from './ranking.ts';

export type ChosenSettings = ReturnType<typeof completeSettings>;

/**
 * The settings with their defaults; method and intervals are chosen by the votes elsewhere.
 *
 * @throws AppError BAD_INPUT naming a setting that is out of its range.
 */
export function completeSettings(settings: RankSettings) {
  const chosen = {
    ties: settings.ties ?? ('half' as const),
    level: settings.level ?? 0.95,
    ridge: settings.ridge ?? 0,
    k: settings.k ?? 1,
    init: settings.init ?? 1000,
    shuffles: settings.shuffles ?? 1000,
    replicates: settings.replicates ?? 1000,
    minimumVotes: settings.minimumVotes ?? 10,
    seed: settings.seed ?? 0,
  };
  const demand = (name: string, value: number, isRight: boolean, range: string) => {
    if (!isRight) {
      throw new AppError('BAD_INPUT', `The setting ${name} must be ${range}; got ${value}.`, {
        reason: 'setting',
        setting: name,
      });
    }
  };
  demand('level', chosen.level, chosen.level > 0 && chosen.level < 1, 'between 0 and 1');
  demand('ridge', chosen.ridge, chosen.ridge >= 0 && chosen.ridge < Infinity, 'zero or more');
  demand('k', chosen.k, chosen.k > 0 && chosen.k < Infinity, 'above zero');
  demand('init', chosen.init, Number.isFinite(chosen.init), 'a number');
  const isWithin = (value: number, low: number, high: number) =>
    Number.isInteger(value) && value >= low && value <= high;
  demand('shuffles', chosen.shuffles, isWithin(chosen.shuffles, 1, 1e6), '1 to 1,000,000');
  demand('replicates', chosen.replicates, isWithin(chosen.replicates, 2, 1e6), '2 to 1,000,000');
  demand('seed', chosen.seed, Number.isSafeInteger(chosen.seed), 'a whole number');
  return chosen;
}
