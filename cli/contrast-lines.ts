import type { Contrast } from '#lib/statistics/axis/contrasts.ts';

const QUESTIONS: Record<Contrast['name'], string> = {
  linear: 'a trend along the levels',
  quadratic: 'a bend along the levels, below zero for a peak',
  omnibus: 'any difference at all',
};

/** The contrasts as text, one line each. */
export function contrastLines(contrasts: readonly Contrast[]): string[] {
  return contrasts.map(({ name, estimate, se, z, pSmallSample: p, df }) => {
    const figures =
      name === 'omnibus'
        ? `chi-square ${estimate.toFixed(2)} on ${df} degrees of freedom`
        : [
            `estimate ${estimate.toPrecision(4)}`,
            ...(se === null || z === null ? [] : [`se ${se.toPrecision(4)}`, `z ${z.toFixed(2)}`]),
          ].join(', ');
    return `${name}: ${figures}${p === null ? '' : `, p ${probability(p)}`} (${QUESTIONS[name]})`;
  });
}

const probability = (p: number): string => (p < 0.0001 ? '< 0.0001' : `= ${p.toFixed(4)}`);
