import { Film, Scale } from 'lucide-react';
import { LinkButton } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { type CaptionProfile, LENGTH_SHARES } from '#lib/datasets/profile/schema.ts';
import { shareText } from '../value-text.ts';
import type { VersionAddress } from './version-address.ts';

const MIDDLE = LENGTH_SHARES.indexOf(0.5);

/** Each way of captioning: how long its captions are, and what they say. */
export function CaptionsCard(props: {
  address: VersionAddress;
  captions: readonly CaptionProfile[];
  clips: number;
}) {
  const { address, captions, clips } = props;
  const { project, dataset, version } = address;
  return (
    <Card
      title="Captions"
      actions={
        captions.length > 1 && (
          <LinkButton
            size="sm"
            icon={<Scale aria-hidden />}
            href={`/projects/${project}/imports/new?dataset=${dataset}&version=${version}`}
          >
            Compare captions
          </LinkButton>
        )
      }
      isFlush
    >
      <ul className="grid gap-px border-t border-line bg-line md:grid-cols-2">
        {captions.map(({ name, missing, lengths, meanLength, examples }) => (
          <li
            key={name}
            className="flex min-w-0 flex-col gap-3 bg-surface px-5 py-4 md:last:odd:col-span-2"
          >
            <div className="flex flex-wrap items-start justify-between gap-2">
              <div className="min-w-0">
                <h3 className="font-medium [overflow-wrap:anywhere]">{name}</h3>
                <p className="text-sm text-ink-faint">
                  {meanLength === null
                    ? 'No clip has one.'
                    : `${lengths[MIDDLE]} characters in the middle, ${lengths[0]} to ${lengths.at(-1)} mostly`}
                  {missing > 0 && meanLength !== null && `; ${shareText(missing, clips)} missing`}
                </p>
              </div>
              <LinkButton
                size="sm"
                icon={<Film aria-hidden />}
                href={`/projects/${project}/datasets/${dataset}/clips?version=${version}&caption=${name}`}
              >
                With clips
              </LinkButton>
            </div>
            <ul className="flex flex-col gap-1.5 text-sm text-ink-soft">
              {examples.slice(0, 3).map((example, index) => (
                <li
                  // biome-ignore lint/suspicious/noArrayIndexKey: two captions may be equal
                  key={index}
                  className="line-clamp-3 border-l-2 border-line pl-3 [overflow-wrap:anywhere]"
                >
                  {example}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Card>
  );
}
