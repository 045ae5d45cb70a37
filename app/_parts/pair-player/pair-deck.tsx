'use client';

import { Play, RotateCcw } from 'lucide-react';
import {
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { type PairMeasures, type PairStatus, type PairSync, pairSync } from './pair-sync.ts';
import { StageButton } from './stage-button.tsx';
import { useClip } from './use-clip.ts';

export interface DeckClip {
  url: string;
  /** Read out and shown above the clip: "Left", "Top", "Video". */
  label: string;
}

export interface DeckTexts {
  loading: string;
  play: string;
  failed: string;
  tryAgain: string;
}

/** What the page may ask of the pair on screen. */
export interface DeckControl {
  replay(): void;
  step(frames: number): void;
  measures(): PairMeasures | null;
}

/** `isRefused`: the server no longer gives the clip, or it can't be decoded; else the network failed. */
export type DeckStatus =
  | PairStatus
  | { state: 'failed'; hasStarted: false; isSeen: false; secondsToSeen: 0; isRefused: boolean };

interface PairDeckProps {
  id: string;
  clips: readonly DeckClip[];
  fps: number;
  box: { width: number; height: number };
  isStacked: boolean;
  /** On screen. The others load and wait, unseen. */
  isActive: boolean;
  /** False while the page is paused. */
  isRunning: boolean;
  /** False for people who want less motion: it waits for a press and plays once a press. */
  startsByItself: boolean;
  texts: DeckTexts;
  onStatus: (id: string, status: DeckStatus) => void;
  control: RefObject<DeckControl | null>;
}

/** One pair of clips (or one clip alone), loaded at once, played in step while on screen. */
export function PairDeck(props: PairDeckProps) {
  const { id, clips, fps, isActive, isRunning, startsByItself, texts, onStatus, control } = props;
  const [attempt, setAttempt] = useState(0);
  const first = useClip(clips[0]?.url ?? null, attempt);
  const second = useClip(clips[1]?.url ?? null, attempt);
  const loads = clips.length === 2 ? [first, second] : [first];
  const isLoaded = loads.every((load) => load.state === 'loaded');
  const failed = loads.find((load) => load.state === 'failed');
  const elements = useRef<(HTMLVideoElement | null)[]>([]);
  const sync = useRef<PairSync | null>(null);
  const [broken, setBroken] = useState(false);
  const [status, setStatus] = useState<PairStatus>({
    state: 'loading',
    hasStarted: false,
    isSeen: false,
    secondsToSeen: 0,
  });

  useLayoutEffect(() => {
    if (!isLoaded) return;
    const videos = elements.current.filter((video) => video !== null).slice(0, clips.length);
    const created = pairSync(videos, {
      fps,
      isLooping: startsByItself,
      onChange: () =>
        setStatus((before) => {
          const now = created.status();
          const isSame =
            before.state === now.state &&
            before.hasStarted === now.hasStarted &&
            before.isSeen === now.isSeen &&
            before.secondsToSeen === now.secondsToSeen;
          return isSame ? before : now;
        }),
    });
    sync.current = created;
    setStatus(created.status());
    return () => {
      created.dispose();
      sync.current = null;
    };
  }, [isLoaded, fps, startsByItself, clips.length]);

  // In the same turn as the key press that brought this pair up: a rater waits for it.
  useLayoutEffect(() => {
    if (!isLoaded || !isActive) return;
    const update = () => {
      if (isRunning && !document.hidden) {
        if (startsByItself) sync.current?.play();
      } else sync.current?.suspend();
    };
    update();
    document.addEventListener('visibilitychange', update);
    return () => document.removeEventListener('visibilitychange', update);
  }, [isLoaded, isActive, isRunning, startsByItself]);

  useEffect(() => {
    if (!isActive) return;
    if (failed || broken)
      onStatus(id, {
        state: 'failed',
        hasStarted: false,
        isSeen: false,
        secondsToSeen: 0,
        isRefused: broken || (failed?.state === 'failed' && failed.isRefused),
      });
    else onStatus(id, status);
  }, [id, isActive, status, failed, broken, onStatus]);

  const retry = () => {
    setBroken(false);
    setAttempt((n) => n + 1);
  };
  useEffect(() => {
    if (!failed) return;
    const again = () => setAttempt((n) => n + 1);
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [failed]);

  useImperativeHandle(
    isActive ? control : null,
    () => ({
      replay: () => sync.current?.replay(),
      step: (frames) => sync.current?.step(frames),
      measures: () => sync.current?.measures() ?? null,
    }),
    [],
  );

  const needsPress =
    isActive &&
    isLoaded &&
    (status.state === 'blocked' || (!startsByItself && status.state === 'ready'));

  return (
    <div
      className={`absolute inset-0 flex items-center justify-center gap-2 sm:gap-4 ${props.isStacked ? 'flex-col' : ''} ${isActive ? '' : 'invisible'}`}
      aria-hidden={!isActive}
      inert={!isActive}
      data-testid={isActive ? 'pair-on-screen' : 'pair-waiting'}
    >
      {clips.map((clip, side) => {
        const load = loads[side];
        return (
          <figure
            key={side === 0 ? 'first' : 'second'}
            style={{ width: props.box.width }}
            className="m-0"
          >
            <figcaption className="h-5 text-center text-xs leading-5 text-neutral-400">
              {clip.label}
            </figcaption>
            <div className="relative" style={{ height: props.box.height }}>
              {load?.state === 'loaded' && (
                <video
                  ref={(node) => {
                    elements.current[side] = node;
                  }}
                  src={load.src}
                  className="block h-full w-full object-contain"
                  aria-label={clip.label}
                  muted
                  playsInline
                  preload="auto"
                  disablePictureInPicture
                  disableRemotePlayback
                  onError={() => setBroken(true)}
                />
              )}
              {load?.state === 'loading' && (
                <p className="absolute inset-0 flex items-center justify-center text-sm text-neutral-400">
                  {texts.loading}
                </p>
              )}
              {(load?.state === 'failed' || (broken && load?.state === 'loaded')) && (
                <p className="absolute inset-0 flex items-center justify-center bg-black p-3 text-center text-sm text-neutral-200">
                  {texts.failed}
                </p>
              )}
            </div>
          </figure>
        );
      })}
      {isActive && (failed || broken) && (
        <StageButton onPress={retry} label={texts.tryAgain} icon={<RotateCcw aria-hidden />} />
      )}
      {needsPress && (
        <StageButton
          onPress={() => sync.current?.play()}
          label={texts.play}
          icon={<Play aria-hidden />}
        />
      )}
    </div>
  );
}
