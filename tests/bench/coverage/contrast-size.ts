import { axisContrasts, contrastRows } from '#lib/statistics/axis/contrasts.ts';
import { estimateStrengths } from '#lib/statistics/uncertainty/estimate.ts';
import { type Measured, measure } from './interval-coverage.ts';
import { LEVELS, simulateStudy, type Truth } from './paper-design.ts';

/** How often each contrast is significant at 5 %. */
export function contrastRejections(
  truth: Truth,
  studies: number,
  seed: string,
): ReadonlyMap<string, Measured> {
  const hits = new Map<string, number[]>();
  for (let s = 0; s < studies; s++) {
    const question = simulateStudy(truth, `${seed} ${s}`);
    const { theta, vcov, df } = estimateStrengths([question], {
      ...{ method: 'davidson', ties: 'half', ridge: undefined },
      intervals: 'two-way',
    });
    const k = theta.length;
    const strengths = {
      arms: question.votes.arms.map((name, i) => ({ name, theta: theta[i] as number })),
      vcov: Array.from({ length: k }, (_, i) => Array.from(vcov.subarray(i * k, (i + 1) * k))),
      degreesOfFreedom: df,
    };
    for (const { name, pSmallSample: p } of contrastRows(axisContrasts(strengths, LEVELS))) {
      const own = hits.get(name) ?? [];
      hits.set(name, own);
      own.push(p !== null && p < 0.05 ? 1 : 0);
    }
  }
  return new Map([...hits].map(([name, own]) => [name, measure(own)]));
}
