'use client';

import { useState } from 'react';
import type { RenditionProfile } from '#lib/studies/schema.ts';

interface Shape {
  videoId: number | null;
  /** Pixels of the original, where they are known: masks are placed on it. */
  source: { width: number | null; height: number | null } | null;
  rendition: RenditionProfile;
}

/** An original as the study's form will show it: its size, its crop, its masks. */
export function PreviewVideo({ videoId, source, rendition }: Shape) {
  const [isPlaying, setPlaying] = useState(false);
  const ratio = rendition.width / rendition.height || 16 / 9;
  const sourceRatio = source?.width && source.height ? source.width / source.height : ratio;
  // The original covers the frame and its centre stays.
  const wide = Math.max(1, sourceRatio / ratio) * 100;
  const high = Math.max(1, ratio / sourceRatio) * 100;
  const base = `/api/media/videos/${videoId}`;
  return (
    <button
      type="button"
      aria-label={isPlaying ? 'Stop' : 'Play'}
      disabled={videoId === null}
      onClick={() => setPlaying(!isPlaying)}
      className="relative w-full overflow-hidden rounded-lg bg-black"
      style={{ aspectRatio: ratio }}
    >
      <span
        className="absolute"
        style={{
          width: `${wide}%`,
          height: `${high}%`,
          left: `${(100 - wide) / 2}%`,
          top: `${(100 - high) / 2}%`,
        }}
      >
        {videoId !== null &&
          (isPlaying ? (
            <video src={`${base}/original`} autoPlay muted loop playsInline className="size-full" />
          ) : (
            // biome-ignore lint/performance/noImgElement: served by our own route, no optimiser
            <img src={`${base}/poster`} alt="" className="size-full" />
          ))}
        {rendition.masks.map((mask, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: masks have no name of their own
            key={index}
            className="absolute bg-black"
            style={{
              left: `${mask.left * 100}%`,
              top: `${mask.top * 100}%`,
              width: `${mask.width * 100}%`,
              height: `${mask.height * 100}%`,
            }}
          />
        ))}
      </span>
      {videoId === null && (
        <span className="absolute inset-0 grid place-items-center text-xs text-white/50">
          No video
        </span>
      )}
    </button>
  );
}
