import { quoteIdentifier } from '#lib/platform/tables/sql.ts';
import type { Bindings } from './bindings.ts';
import { controlPrefix, samplePrefix, tiePrefix } from './hash-texts.ts';
import type { SubsetCut, SubsetDefinition } from './schema.ts';

const UID = quoteIdentifier('uid');

/** SQL for the hash of a clip: MD5 of the prefix and its uid. */
export function hashSql(prefix: string, bindings: Bindings): string {
  return `md5(${bindings.text(prefix)} || ${UID})`;
}

/** SQL that is true for the clips of a base sample. */
export function sampleSql(sample: SubsetDefinition['sample'], bindings: Bindings): string {
  const present = sample.present.map((column) => `${quoteIdentifier(column)} IS NOT NULL`);
  const drawn =
    sample.threshold === null
      ? []
      : [`${hashSql(samplePrefix(sample.seed), bindings)} <= ${bindings.text(sample.threshold)}`];
  return conjunction([...present, ...drawn]);
}

/**
 * SQL that is true for the clips that a cut keeps, of those in the sample; false or null for the rest. With the scores in order,
 * worst first, and equal ones by their tie hash, it keeps what comes after the cut point.
 */
export function cutSql({ cut, ...axis }: SubsetCut, seed: number, bindings: Bindings): string {
  if (cut === null) return 'TRUE';
  const score = quoteIdentifier(axis.score);
  const isLater = `${hashSql(tiePrefix(seed), bindings)} > ${bindings.text(cut.tieHash)}`;
  if (cut.value === null)
    return axis.missing === 'keep'
      ? `(${score} IS NULL AND ${isLater})`
      : `(${score} IS NOT NULL OR ${isLater})`;
  const better = axis.direction === 'low' ? '>' : '<';
  const value = bindings.number(cut.value);
  const kept = `(${score} ${better} ${value} OR (${score} = ${value} AND ${isLater}))`;
  return axis.missing === 'keep' ? `(${score} IS NULL OR ${kept})` : kept;
}

/** SQL that is true for the clips of a subset. */
export function subsetSql(definition: SubsetDefinition, bindings: Bindings): string {
  const { sample, cuts, control } = definition;
  if (control !== null)
    return conjunction([
      sampleSql(sample, bindings),
      control.threshold === null
        ? 'TRUE'
        : `${hashSql(controlPrefix(sample.seed, control.label), bindings)} > ${bindings.text(control.threshold)}`,
    ]);
  return conjunction([
    sampleSql(sample, bindings),
    ...cuts.map((cut) => cutSql(cut, sample.seed, bindings)),
  ]);
}

function conjunction(conditions: readonly string[]): string {
  const real = conditions.filter((condition) => condition !== 'TRUE');
  return real.length === 0 ? 'TRUE' : `(${real.join(' AND ')})`;
}
