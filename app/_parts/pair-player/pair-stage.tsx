'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { fitOne, fitPair } from './fit-pair.ts';
import { type DeckControl, type DeckStatus, type DeckTexts, PairDeck } from './pair-deck.tsx';
import { useSpace } from './use-space.ts';

const LABEL_HEIGHT = 20;

export interface StagePair {
  id: string;
  /** One or two, left first. */
  clips: readonly { url: string }[];
}

export interface StageTexts extends DeckTexts {
  left: string;
  right: string;
  top: string;
  bottom: string;
  single: string;
}

interface PairStageProps {
  /** The first is on screen, the others load behind it. */
  pairs: readonly StagePair[];
  /** Of every clip: pixels and frames a second. */
  video: { width: number; height: number; fps: number };
  isRunning: boolean;
  startsByItself: boolean;
  texts: StageTexts;
  /** For the pair on screen. */
  onStatus: (id: string, status: DeckStatus) => void;
  onLayout?: (isStacked: boolean) => void;
  control: RefObject<DeckControl | null>;
}

/** Fills its parent with the pair on screen, as large as fits, and keeps the next pair loaded. */
export function PairStage(props: PairStageProps) {
  const { pairs, video, texts } = props;
  const root = useRef<HTMLDivElement>(null);
  const space = useSpace(root);
  const ratio = video.width / video.height;
  const gap = space && space.width < 640 ? 8 : 16;
  const { onLayout } = props;
  const isPairStacked =
    space !== null && fitPair(space, ratio, gap, LABEL_HEIGHT).layout === 'stacked';
  useEffect(() => onLayout?.(isPairStacked), [onLayout, isPairStacked]);
  return (
    <div ref={root} className="relative min-h-0 w-full flex-1">
      {space &&
        pairs.map((pair, position) => {
          const isPair = pair.clips.length === 2;
          const fitted = isPair
            ? fitPair(space, ratio, gap, LABEL_HEIGHT)
            : {
                layout: 'side-by-side',
                ...fitOne({ width: space.width, height: space.height - LABEL_HEIGHT }, ratio),
              };
          const isStacked = fitted.layout === 'stacked';
          const labels = !isPair
            ? [texts.single]
            : isStacked
              ? [texts.top, texts.bottom]
              : [texts.left, texts.right];
          return (
            <PairDeck
              // The same elements go on from waiting to playing when the pair's turn comes.
              key={pair.id}
              id={pair.id}
              clips={pair.clips.map((clip, side) => ({ ...clip, label: labels[side] ?? '' }))}
              fps={video.fps}
              box={fitted}
              isStacked={isStacked}
              isActive={position === 0}
              isRunning={props.isRunning}
              startsByItself={props.startsByItself}
              texts={texts}
              onStatus={props.onStatus}
              control={props.control}
            />
          );
        })}
    </div>
  );
}
