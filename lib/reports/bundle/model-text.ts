import type { Inline } from './document.ts';
import type { MethodsFacts } from './methods-facts.ts';

type Facts = Pick<MethodsFacts, 'snapshots' | 'spec' | 'axis'>;

/** Which model was fitted, how its errors were found, and what was made of them; with citations. */
export function modelText({ snapshots, spec, axis }: Facts): Inline[] {
  const shown = snapshots.at(-1);
  if (!shown) return ['No votes have been ranked.'];
  const { settings, method } = shown;
  const says: Inline[] = [];
  if (spec.arms.length === 2)
    says.push(
      'The two arms are told by their win shares, ties as half, with 95 % intervals for a proportion',
      { cite: ['wilson1927'] },
      '. ',
    );
  says.push(...likelihood(method, settings.ties === 'drop'));
  const ties = snapshots.flatMap(({ tieParameter, question }) =>
    tieParameter === null || question === null ? [] : [tieParameter.toFixed(3)],
  );
  if (ties.length > 0 && method !== 'bradley-terry')
    says.push(
      ` (tie parameter ${ties.join(', ')}${ties.length > 1 ? ' for the questions in turn' : ''})`,
    );
  says.push(
    '. Strengths θ with mean zero are shown on the Elo scale',
    { cite: ['elo1978'] },
    ' as 1000 + 400 θ / ln 10.',
  );
  if (Number(settings.ridge) > 0)
    says.push(
      ` A penalty of (${settings.ridge} / 2) times the sum of squared strengths was added, since the wins do not tie all arms together`,
      { cite: ['ford1957'] },
      '.',
    );
  if (snapshots.some(({ question }) => question === null) && snapshots.length > 1)
    says.push(
      ' The mean of all questions is the mean of their strengths, its error from the questions together, since they share raters and prompts.',
    );
  says.push(...errors(shown));
  if (shown.vcov !== null) {
    says.push(
      ' Rank ranges and tiers hold for all pairs of arms at once, by the largest |t| over all pairs',
      { cite: ['hothorn2008'] },
      '; P(best) is the share of draws from the estimates and their covariance in which an arm comes first.',
    );
    const hasContrasts = axis?.curves.some(({ contrasts }) => contrasts.length > 0);
    if (hasContrasts)
      says.push(
        ' Along the axis we report differences to the arm of the lowest level and three contrasts of the strengths: a linear one, a quadratic one orthogonal to it, and the omnibus test of any difference, with p values from Student’s t and Hotelling’s T-squared on the degrees of freedom of the errors.',
      );
  }
  return says;
}

function likelihood(method: string, areTiesDropped: boolean): Inline[] {
  if (method === 'davidson')
    return [
      "Strengths were estimated by maximum likelihood under Davidson's extension",
      { cite: ['davidson1970'] },
      ' of the Bradley–Terry model',
      { cite: ['bradley1952'] },
      ', in which ties have a parameter of their own',
    ];
  if (method === 'rao-kupper')
    return [
      "Strengths were estimated by maximum likelihood under Rao and Kupper's extension",
      { cite: ['rao1967'] },
      ' of the Bradley–Terry model',
      { cite: ['bradley1952'] },
      ', in which a tie is a difference below a threshold',
    ];
  return [
    'Strengths were estimated by maximum likelihood under the Bradley–Terry model',
    { cite: ['bradley1952'] },
    areTiesDropped ? ', ties left out' : ', a tie as half a win for each',
  ];
}

function errors({ settings, degreesOfFreedom }: MethodsFacts['snapshots'][number]): Inline[] {
  const level = `${+(100 * Number(settings.level ?? 0.95)).toFixed(2)} %`;
  const t =
    degreesOfFreedom === null
      ? ' and normal quantiles'
      : ` and Student's t with ${+degreesOfFreedom.toFixed(1)} degrees of freedom`;
  switch (settings.intervals) {
    case 'two-way':
      return [
        ` Intervals (${level}) use a covariance clustered by rater and by prompt`,
        { cite: ['cameron2011'] },
        `${t}.`,
      ];
    case 'bootstrap':
      return [
        ` Intervals (${level}) use the covariance of the strengths over ${Number(settings.replicates ?? 1000).toLocaleString('en')} bootstrap samples of raters and of prompts at once`,
        { cite: ['owen2007'] },
        `, since there are few of either${t}.`,
      ];
    case 'rater':
    case 'prompt':
      return [` Intervals (${level}) use a covariance clustered by ${settings.intervals}${t}.`];
    case 'hc0':
      return [
        ` Intervals (${level}) use a heteroskedasticity-consistent covariance`,
        { cite: ['white1980'] },
        ' that treats votes as independent.',
      ];
    case 'model':
      return [
        ` Intervals (${level}) use the model's own covariance, which treats votes as independent.`,
      ];
    default:
      return [' The method gives no intervals.'];
  }
}
