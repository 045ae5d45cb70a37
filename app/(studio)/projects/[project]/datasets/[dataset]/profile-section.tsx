'use client';

import { useQuery } from '@tanstack/react-query';
import { Card } from '#components/card.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { api } from '#lib/client/api.ts';
import { queries } from '#lib/client/queries.ts';
import type { Correlations } from '#lib/datasets/profile/schema.ts';
import { DrawnFigure } from '../../../../../_parts/drawn-figure.tsx';
import { shareText, valueText } from '../value-text.ts';
import { CaptionsCard } from './captions-card.tsx';
import { LabelsCard } from './labels-card.tsx';
import { ScoreCard } from './score-card.tsx';
import type { VersionAddress } from './version-address.ts';

const LOOK_AGAIN_MS = 2_000;

/** What the scores, captions and labels of a version look like. */
export function ProfileSection(address: VersionAddress) {
  const described = useQuery(
    queries.profiles.get.queryOptions({
      input: { ...address },
      refetchInterval: (query) => (query.state.data?.profile === null ? LOOK_AGAIN_MS : false),
      // A version never changes.
      staleTime: (query) => (query.state.data?.profile == null ? 0 : Number.POSITIVE_INFINITY),
    }),
  );
  if (described.isPending || described.data?.profile === null)
    return (
      <Card title="Scores">
        <SkeletonLines
          count={5}
          label={described.isPending ? 'Loading the scores' : 'The scores are being described'}
        />
        {!described.isPending && (
          <p className="mt-4 text-sm text-ink-faint">
            A worker reads all clips once; the numbers appear here by themselves.
          </p>
        )}
      </Card>
    );
  if (described.isError)
    return <ErrorNotice error={described.error} onRetry={() => void described.refetch()} />;
  const { profile } = described.data;
  if (!profile) return null;
  const spread = profile.scores.filter(({ distinct }) => distinct > 1);
  const equal = profile.scores.filter(({ distinct }) => distinct <= 1);
  return (
    <>
      {spread.length > 0 && (
        <section aria-label="Scores" className="grid items-start gap-6 lg:grid-cols-2">
          {spread.map((score) => (
            <ScoreCard key={score.name} address={address} score={score} clips={profile.clips} />
          ))}
        </section>
      )}
      {equal.length > 0 && (
        <Card title="The same for every clip">
          <dl className="flex flex-wrap gap-x-8 gap-y-2 text-sm">
            {equal.map(({ name, min, missing }) => (
              <div key={name}>
                <dt className="text-ink-faint [overflow-wrap:anywhere]">{name}</dt>
                <dd className="tabular-nums">
                  {min === null ? 'no value' : valueText(min)}
                  {min !== null && missing > 0 && `, ${shareText(missing, profile.clips)} missing`}
                </dd>
              </div>
            ))}
          </dl>
        </Card>
      )}
      {profile.correlations && (
        <CorrelationsCard address={address} correlations={profile.correlations} />
      )}
      {profile.captions.length > 0 && (
        <CaptionsCard address={address} captions={profile.captions} clips={profile.clips} />
      )}
      {profile.labels.length > 0 && <LabelsCard labels={profile.labels} clips={profile.clips} />}
    </>
  );
}

function CorrelationsCard(props: { address: VersionAddress; correlations: Correlations }) {
  const { address, correlations } = props;
  return (
    <Card
      title="How the scores go together"
      description={`1 is always together, −1 always against each other. Ranks over ${correlations.sample.toLocaleString('en')} clips.`}
    >
      <DrawnFigure
        figureKey={['correlations', address]}
        draw={(width) => api.profiles.correlations({ ...address, width: Math.min(width, 760) })}
      />
    </Card>
  );
}
