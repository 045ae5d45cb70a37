'use client';

import { useState } from 'react';
import { Dialog } from '#components/dialog.tsx';
import { TextLink } from '#components/link.tsx';
import type { CandidateVideo } from '#lib/generation/schema.ts';

export interface ShownVideo {
  readonly video: CandidateVideo;
  readonly title: string;
}

/** Plays the original of a video; where the browser can't, its contact sheet stands in. */
export function VideoDialog(props: { shown: ShownVideo | null; onClose: () => void }) {
  const { shown, onClose } = props;
  return (
    <Dialog title={shown?.title ?? ''} isOpen={shown !== null} onClose={onClose} isWide>
      {shown && <Player key={shown.video.id} video={shown.video} />}
    </Dialog>
  );
}

function Player({ video }: { video: CandidateVideo }) {
  const [isUnplayable, setIsUnplayable] = useState(false);
  const media = `/api/media/videos/${video.id}`;
  const size = `${video.width}\u00a0×\u00a0${video.height}`;
  const facts = [size, `${round(video.fps)}\u00a0fps`, `${round(video.durationSeconds)}\u00a0s`];
  return (
    <div className="flex flex-col gap-3">
      {isUnplayable ? (
        <>
          {/* biome-ignore lint/performance/noImgElement: the sheet is small already */}
          <img
            src={`${media}/sheet`}
            alt="Eight frames of the video"
            className="w-full rounded-lg"
          />
          <p className="text-sm text-ink-soft">
            This browser can't play the original. Raters get a copy that every browser plays.
          </p>
        </>
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: generated clips have no speech
        <video
          src={`${media}/original`}
          poster={`${media}/poster`}
          controls
          autoPlay
          loop
          playsInline
          onError={() => setIsUnplayable(true)}
          className="max-h-[60vh] w-full rounded-lg bg-ink"
        />
      )}
      <p className="text-sm text-ink-faint">
        <span className="[overflow-wrap:anywhere]">{video.path}</span> · seed {video.seed} ·{' '}
        {facts.join(' · ')}
      </p>
      <p className="text-sm">
        <TextLink href={`${media}/original`} download={video.path.split('/').at(-1)}>
          Save the original
        </TextLink>
      </p>
    </div>
  );
}

function round(value: number): string {
  return value.toFixed(2).replace(/\.?0+$/, '');
}
