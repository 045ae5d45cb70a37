'use client';

import { VideoOff } from 'lucide-react';
import { useRef, useState } from 'react';

export interface ClipAddress {
  readonly project: string;
  readonly dataset: string;
  readonly version: number;
  readonly uid: string;
}

/** Where the video of a clip is served. */
export function clipSource({ project, dataset, version, uid }: ClipAddress): string {
  return `/api/media/clips/${project}/${dataset}/${version}/${uid}`;
}

/** The first frame of a clip as a button; it plays while it is pointed at or has the focus. */
export function ClipPreview(props: { clip: ClipAddress; label: string; onPress: () => void }) {
  const { clip, label, onPress } = props;
  const [isBroken, setIsBroken] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  // A browser that refuses to play shows the first frame, which is as good.
  const play = () => void video.current?.play().catch(() => undefined);
  const pause = () => video.current?.pause();
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onPress}
      onMouseEnter={play}
      onFocus={play}
      onMouseLeave={pause}
      onBlur={pause}
      className="group relative block aspect-video w-full overflow-hidden bg-ink focus-visible:-outline-offset-2"
    >
      {isBroken ? (
        <span className="absolute inset-0 flex flex-col items-center justify-center gap-1.5 bg-sunken p-2 text-xs text-ink-faint">
          <VideoOff aria-hidden className="size-5" />
          Can't be shown here
        </span>
      ) : (
        <video
          ref={video}
          src={`${clipSource(clip)}#t=0.1`}
          muted
          loop
          playsInline
          preload="metadata"
          tabIndex={-1}
          onError={() => setIsBroken(true)}
          className="size-full object-contain"
        />
      )}
    </button>
  );
}
