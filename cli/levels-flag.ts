import { AppError } from '#lib/core/errors.ts';

/**
 * The levels of `--levels name=0,other=0.125`, by arm. A name may hold "=": the last one counts.
 *
 * @throws AppError BAD_INPUT naming a part without a number, a name that is no arm or given twice.
 */
export function levelsFlag(text: string, arms: readonly string[]): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  for (const part of text.split(',')) {
    const at = part.lastIndexOf('=');
    const name = part.slice(0, at).trim();
    const number = part.slice(at + 1).trim();
    const level = number === '' ? Number.NaN : Number(number);
    if (at < 0 || name === '' || !Number.isFinite(level)) {
      throw refusal(
        `"${part}" is not NAME=LEVEL with a number as level, such as ${example(arms)}.`,
      );
    }
    if (!arms.includes(name)) {
      const known = arms.map((arm) => `"${arm}"`).join(', ');
      throw refusal(`there is no arm "${name}"; the arms are ${known || 'none'}.`);
    }
    if (levels.has(name)) throw refusal(`"${name}" is given twice.`);
    levels.set(name, level);
  }
  return levels;
}

function example(arms: readonly string[]): string {
  return `${arms[0] ?? 'unfiltered'}=0`;
}

function refusal(message: string): AppError {
  return new AppError('BAD_INPUT', `--levels: ${message}`, { reason: 'flag', flag: '--levels' });
}
