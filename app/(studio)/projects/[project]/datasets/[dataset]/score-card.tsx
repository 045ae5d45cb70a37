'use client';

import { Film } from 'lucide-react';
import { LinkButton } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { api } from '#lib/client/api.ts';
import { QUANTILE_SHARES, type ScoreProfile } from '#lib/datasets/profile/schema.ts';
import { DrawnFigure } from '../../../../../_parts/drawn-figure.tsx';
import { shareText, valueText } from '../value-text.ts';
import type { VersionAddress } from './version-address.ts';

/** A share of equal values from which on it is worth telling. */
const TELLING_SHARE = 0.01;

/** How one score is spread: its histogram, its quantiles, and what stands out. */
export function ScoreCard(props: { address: VersionAddress; score: ScoreProfile; clips: number }) {
  const { address, score, clips } = props;
  const { project, dataset, version } = address;
  const base = `/projects/${project}/datasets/${dataset}/clips?version=${version}&sort=${score.name}`;
  return (
    <Card>
      <div className="flex flex-col gap-4">
        <DrawnFigure
          figureKey={['histogram', address, score.name]}
          draw={(width) => api.profiles.histogram({ ...address, score: score.name, width })}
        />
        <Facts score={score} clips={clips} />
        <Quantiles score={score} />
        <div className="flex flex-wrap gap-2">
          <LinkButton size="sm" icon={<Film aria-hidden />} href={`${base}&order=desc`}>
            Highest {score.name}
          </LinkButton>
          <LinkButton size="sm" href={`${base}&order=asc`}>
            Lowest
          </LinkButton>
        </div>
      </div>
    </Card>
  );
}

function Facts({ score, clips }: { score: ScoreProfile; clips: number }) {
  const { mean, sd, min, max, missing, count, distinct, mode } = score;
  const facts: [string, string][] = [
    ['Lowest', valueText(min)],
    ['Highest', valueText(max)],
    ['Mean', valueText(mean)],
    ['Standard deviation', valueText(sd)],
    ['Missing', missing === 0 ? 'none' : shareText(missing, clips)],
    ['Different values', distinct.toLocaleString('en')],
  ];
  const isTelling = mode !== null && distinct > 1 && mode.count / count >= TELLING_SHARE;
  return (
    <div className="flex flex-col gap-2">
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-x-4 gap-y-2 text-sm">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-ink-faint">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {isTelling && (
        <p className="text-sm text-ink-soft">
          {shareText(mode.count, count)} of the clips have the same value, {valueText(mode.value)}.
        </p>
      )}
    </div>
  );
}

function Quantiles({ score }: { score: ScoreProfile }) {
  const rows = QUANTILE_SHARES.map((share, index) => ({ share, value: score.quantiles[index] }));
  return (
    <details className="text-sm">
      <summary className="text-ink-soft">
        Quantiles{score.quantileMethod === 'estimated' ? ' (estimated)' : ''}
      </summary>
      <table className="mt-2 w-full">
        <caption className="sr-only">Quantiles of {score.name}</caption>
        <thead>
          <tr className="text-left text-ink-faint">
            <th scope="col" className="py-1 font-normal">
              Share of the clips below
            </th>
            <th scope="col" className="py-1 text-right font-normal">
              {score.name}
            </th>
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {rows.map(({ share, value }) => (
            <tr key={share} className="border-t border-line">
              <td className="py-1">{Number((share * 100).toFixed(2))} %</td>
              <td className="py-1 text-right">{valueText(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
