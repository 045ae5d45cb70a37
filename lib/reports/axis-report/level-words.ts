import type { Axis } from '#lib/studies/schema.ts';

/** Names of arms in sentences. */
export interface LevelWords {
  /** As the subject or object of a sentence: "removing 25 %", "nothing removed", "CRF 36". */
  arm(name: string): string;
  /** In a list: "25 %", "36". */
  short(name: string): string;
  /** What rises along the axis: "the removed fraction", "CRF". */
  readonly scale: string;
}

/**
 * How sentences name the arms of an axis: by their level, and by their own name as well where several
 * share a level. Arms that are not on the curve go by their name.
 *
 * @param levels by arm name.
 */
export function levelWords(
  axis: Pick<Axis, 'kind' | 'name' | 'unit'>,
  levels: ReadonlyMap<string, number>,
): LevelWords {
  const isFraction = axis.kind === 'removed-fraction';
  const uses = new Map<number, number>();
  for (const level of levels.values()) uses.set(level, (uses.get(level) ?? 0) + 1);
  const qualified = (name: string, text: string) =>
    (uses.get(levels.get(name) ?? Number.NaN) ?? 0) > 1 ? `${text} (${name})` : text;
  const short = (name: string): string => {
    const level = levels.get(name);
    if (level === undefined) return name;
    const unit = isFraction ? ' %' : axis.unit === '' ? '' : ` ${axis.unit}`;
    return qualified(name, `${trim(isFraction ? level * 100 : level)}${unit}`);
  };
  return {
    short,
    arm(name) {
      const level = levels.get(name);
      if (level === undefined) return name;
      if (!isFraction) return `${axis.name} ${short(name)}`;
      return level === 0 ? qualified(name, 'removing nothing') : `removing ${short(name)}`;
    },
    scale: isFraction ? 'the removed fraction' : axis.name,
  };
}

/** Without the noise of binary fractions: 12.5, not 12.500000000000002. */
function trim(value: number): string {
  return String(Number(value.toPrecision(6)));
}
