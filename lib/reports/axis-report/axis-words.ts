import type { Difference } from '#lib/statistics/axis/differences.ts';
import { ELO_PER_THETA } from '#lib/statistics/ranking/elo-scale.ts';
import type { LevelWords } from './level-words.ts';
import {
  capital,
  chance,
  eloWithInterval,
  listed,
  moreVotesWords,
  pWords,
  shareWithInterval,
} from './number-words.ts';
import type { AxisContrast, AxisPoint, AxisWords, UnresolvedPair } from './schema.ts';

export interface WordsInput {
  readonly points: readonly AxisPoint[];
  readonly contrasts: readonly AxisContrast[];
  readonly unresolved: readonly UnresolvedPair[];
  readonly levels: LevelWords;
  readonly isTwoArms: boolean;
  /** Of arm a less arm b, natural-log units. */
  readonly compare: (a: string, b: string) => Difference;
  /** The original of a replica. */
  readonly originalOf: ReadonlyMap<string, string>;
}

/** Below this a finding counts as told apart from chance. */
const SIGNIFICANT = 0.05;
const MOST_UNRESOLVED = 3;

/** What a curve says, as sentences: what is best, each arm against the reference, the trend, the rest. */
export function axisWords(input: WordsInput): AxisWords[] {
  const { points, isTwoArms } = input;
  const curve = points.filter(({ role }) => role === 'level');
  if (curve.length < 2 || !curve.some(({ isReference }) => isReference))
    return [
      say('nothing-to-compare', 'Fewer than two arms on the axis have votes: nothing to compare.'),
    ];
  const isProvisional = curve.some(({ provisional }) => provisional);
  const provisional = isProvisional
    ? [say('provisional', 'Provisional: some arms have too few votes for their numbers to hold.')]
    : [];
  if (isTwoArms) return [...provisional, ...shareWords(input, curve)];
  const hasIntervals = curve.some(({ low }) => low !== null);
  if (!hasIntervals && curve.some(({ difference }) => difference !== null))
    return [
      ...provisional,
      say('no-intervals', 'This method has no intervals: how sure any of it is can’t be told.'),
    ];
  return [
    ...provisional,
    ...bestWords(input, curve),
    ...differenceWords(input, curve),
    ...trendWords(input, curve),
    ...tierWords(input, curve),
    ...extraWords(input),
    ...(isProvisional ? [] : unresolvedWords(input)),
  ];
}

function say(code: AxisWords['code'], text: string, arm: string | null = null): AxisWords {
  return { code, text, arm };
}

function shareWords({ levels }: WordsInput, curve: readonly AxisPoint[]): AxisWords[] {
  const reference = curve.find(({ isReference }) => isReference);
  const other = curve.find(({ isReference }) => !isReference);
  if (!reference || !other) return [];
  const { winShare, winShareLow: low, winShareHigh: high } = other;
  if (winShare === null || low === null || high === null)
    return [say('nothing-to-compare', 'The two arms have no votes yet.')];
  const verdict =
    low > 0.5 ? 'is preferred to' : high < 0.5 ? 'is liked less than' : 'can’t be told apart from';
  const text = `${capital(levels.arm(other.arm))} ${verdict} ${levels.arm(reference.arm)}: it wins ${shareWithInterval(winShare, low, high)}, ties as half.`;
  return [say('share', text, other.arm)];
}

function bestWords({ levels }: WordsInput, curve: readonly AxisPoint[]): AxisWords[] {
  let best: AxisPoint | null = null;
  for (const point of curve)
    if (point.pBest !== null && (best === null || point.pBest > (best.pBest ?? 0))) best = point;
  if (best === null || best.pBest === null) return [];
  const text = `${capital(levels.arm(best.arm))} is the best arm with a probability of ${chance(best.pBest)}.`;
  return [say('best', text, best.arm)];
}

function differenceWords({ levels }: WordsInput, curve: readonly AxisPoint[]): AxisWords[] {
  const reference = curve.find(({ isReference }) => isReference);
  if (!reference) return [];
  return curve.flatMap(({ arm, difference, low, high, isReference }) => {
    if (isReference || difference === null || low === null || high === null) return [];
    const [what, against] = [capital(levels.arm(arm)), levels.arm(reference.arm)];
    return [say('difference', compared(what, against, difference, low, high), arm)];
  });
}

/** "A is better than B by 31 Elo, 95 % interval 12 to 50." */
function compared(
  what: string,
  against: string,
  difference: number,
  low: number,
  high: number,
): string {
  if (low > 0)
    return `${what} is better than ${against} by ${eloWithInterval(difference, low, high)}.`;
  if (high < 0)
    return `${what} is worse than ${against} by ${eloWithInterval(-difference, -high, -low)}.`;
  return `${what} can’t be told apart from ${against}: ${eloWithInterval(difference, low, high)}.`;
}

function trendWords({ contrasts, levels }: WordsInput, curve: readonly AxisPoint[]): AxisWords[] {
  const find = (name: AxisContrast['name']) => contrasts.find((one) => one.name === name);
  const [linear, quadratic, omnibus] = [find('linear'), find('quadratic'), find('omnibus')];
  if (!linear || linear.pSmallSample === null) return [];
  const words: AxisWords[] = [];
  if (quadratic && quadratic.pSmallSample !== null && quadratic.pSmallSample < SIGNIFICANT) {
    const isPeak = quadratic.estimate < 0;
    const turn = turningPoint(curve, isPeak);
    const p = pWords(quadratic.pSmallSample);
    if (turn !== null)
      words.push(
        say(
          isPeak ? 'peak' : 'dip',
          isPeak
            ? `The effect peaks between the ends, at ${levels.arm(turn)} (${p}).`
            : `The effect dips between the ends, at ${levels.arm(turn)} (${p}).`,
          turn,
        ),
      );
    else
      words.push(
        say(isPeak ? 'peak' : 'dip', `The effect is not a straight line: it bends (${p}).`),
      );
  }
  if (linear.pSmallSample < SIGNIFICANT) {
    const direction = linear.estimate > 0 ? 'rises' : 'falls';
    words.push(
      say(
        'trend',
        `Preference ${direction} with ${levels.scale} (${pWords(linear.pSmallSample)}).`,
      ),
    );
  }
  if (words.length > 0) return words;
  if (omnibus && omnibus.pSmallSample !== null && omnibus.pSmallSample < SIGNIFICANT)
    return [
      say(
        'no-trend',
        `The arms differ (${pWords(omnibus.pSmallSample)}), but without a trend along the axis.`,
      ),
    ];
  return [say('no-trend', `No trend can be told (${pWords(linear.pSmallSample)}).`)];
}

/** The highest (or lowest) arm where it lies between the ends. */
function turningPoint(curve: readonly AxisPoint[], isPeak: boolean): string | null {
  const levels = curve.map(({ level }) => level);
  const [first, last] = [Math.min(...levels), Math.max(...levels)];
  const sign = isPeak ? 1 : -1;
  const turn = curve.reduce<AxisPoint | null>(
    (most, point) => (most === null || sign * point.elo > sign * most.elo ? point : most),
    null,
  );
  return turn !== null && turn.level > first && turn.level < last ? turn.arm : null;
}

function tierWords({ levels }: WordsInput, curve: readonly AxisPoint[]): AxisWords[] {
  if (curve.some(({ tier }) => tier === null)) return [];
  const tiers = Map.groupBy(curve, ({ tier }) => tier as number);
  if (tiers.size === 1)
    return [say('tiers', 'All arms share one tier: none is shown to be better than another.')];
  const text = [...tiers]
    .sort(([a], [b]) => a - b)
    .map(([tier, arms]) => `${tier}: ${listed(arms.map(({ arm }) => levels.short(arm)))}`)
    .join('; ');
  return [say('tiers', `Tiers: ${text}.`)];
}

/** Controls against the arms at their level, replicas against their originals. */
function extraWords({ points, levels, compare, originalOf }: WordsInput): AxisWords[] {
  return points.flatMap((point): AxisWords[] => {
    if (point.role === 'replica') {
      const original = originalOf.get(point.arm);
      const found = original === undefined ? null : inElo(compare(point.arm, original));
      if (!found) return [];
      const { difference, low, high } = found;
      const isApart = low > 0 || high < 0;
      const text = `The same checkpoint twice (${original} and ${point.arm}) differs by ${eloWithInterval(difference, low, high)}${isApart ? ': more than chance, so doubt small differences' : ''}.`;
      return [say('replica', text, point.arm)];
    }
    if (point.role !== 'control') return [];
    const filtered = points.find(({ role, level }) => role === 'level' && level === point.level);
    const found = filtered ? inElo(compare(filtered.arm, point.arm)) : null;
    if (!filtered || !found) return [];
    const what = capital(levels.arm(filtered.arm));
    const against = `the random drop to as many clips (${point.arm})`;
    return [
      say('control', compared(what, against, found.difference, found.low, found.high), point.arm),
    ];
  });
}

function inElo({ estimate, low, high }: Difference) {
  return estimate === null || low === null || high === null
    ? null
    : {
        difference: estimate * ELO_PER_THETA,
        low: low * ELO_PER_THETA,
        high: high * ELO_PER_THETA,
      };
}

function unresolvedWords({ unresolved, levels }: WordsInput): AxisWords[] {
  if (unresolved.length === 0)
    return [say('resolved', 'Every pair of arms on the axis is told apart.')];
  const shown = unresolved
    .slice(0, MOST_UNRESOLVED)
    .map(({ a, b, moreVotes }) =>
      say(
        'unresolved',
        `Not resolved, all pairs judged at once: ${levels.short(a)} against ${levels.short(b)}; ${moreVotesWords(moreVotes)}.`,
      ),
    );
  const more = unresolved.length - shown.length;
  return more > 0
    ? [
        ...shown,
        say('unresolved', `${more} more ${more === 1 ? 'pair is' : 'pairs are'} not resolved.`),
      ]
    : shown;
}
