import { Play } from 'lucide-react';
import type { CandidateVideo } from '#lib/generation/schema.ts';

/** The middle frame of a video; a press plays it. */
export function PosterButton(props: {
  video: CandidateVideo;
  label: string;
  seed?: number | null;
  onPress: (video: CandidateVideo) => void;
}) {
  const { video, label, seed = null, onPress } = props;
  return (
    <button
      type="button"
      aria-label={label}
      onClick={() => onPress(video)}
      className="group relative block overflow-hidden rounded-md bg-sunken"
    >
      {/* biome-ignore lint/performance/noImgElement: the poster is small already */}
      <img
        src={`/api/media/videos/${video.id}/poster`}
        alt=""
        width={video.width}
        height={video.height}
        loading="lazy"
        decoding="async"
        className="h-20 w-auto max-w-44 object-contain"
      />
      <span className="absolute inset-0 grid place-items-center bg-ink/40 opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100">
        <Play aria-hidden className="size-5 fill-white text-white" />
      </span>
      {seed !== null && (
        <span className="absolute right-1 bottom-1 rounded bg-ink/70 px-1 text-[0.6875rem] leading-4 text-white tabular-nums">
          {seed}
        </span>
      )}
    </button>
  );
}
