'use client';

import { useTranslations } from 'next-intl';
import type { Outcome } from '#lib/studies/schema.ts';
import { outcomeKey } from './vote-words.ts';

const KEY_HINTS = { left: '← 1', tie: '↓ 0', right: '→ 2' } as const;
const STACKED_KEY_HINTS = { left: '1', tie: '0', right: '2' } as const;

interface VoteBarProps {
  hasTies: boolean;
  isStacked: boolean;
  isOpen: boolean;
  /** Shown on the buttons while they wait. */
  waitHint: string | null;
  /** Id of the text that says why they wait. */
  reasonId: string;
  /** The answer just given, shown for a moment. */
  flashed: Outcome | null;
  onVote: (outcome: Outcome) => void;
}

/** The answers as large buttons. A waiting button stays in the tab order and says why it waits. */
export function VoteBar(props: VoteBarProps) {
  const t = useTranslations('rate');
  const hints = props.isStacked ? STACKED_KEY_HINTS : KEY_HINTS;
  const outcomes: readonly Outcome[] = props.hasTies ? ['left', 'tie', 'right'] : ['left', 'right'];
  return (
    <fieldset
      className="m-0 flex w-full gap-2 border-0 p-0 sm:gap-3"
      aria-label={t('screen.votes')}
    >
      {outcomes.map((outcome) => {
        const label = t(outcomeKey(outcome, props.isStacked));
        const look =
          props.flashed === outcome
            ? 'bg-white text-black'
            : props.isOpen
              ? 'bg-neutral-600 text-white hover:bg-neutral-500'
              : 'cursor-not-allowed bg-neutral-800 text-neutral-400';
        return (
          <button
            key={outcome}
            type="button"
            aria-label={label}
            aria-disabled={!props.isOpen}
            aria-describedby={props.reasonId}
            aria-keyshortcuts={hints[outcome].split(' ').at(-1)}
            onClick={(event) => {
              props.onVote(outcome);
              // After a press with the mouse, space must replay and not vote again.
              if (event.detail > 0) event.currentTarget.blur();
            }}
            className={`flex min-h-16 [@media(max-height:480px)]:min-h-12 min-w-0 flex-1 flex-col items-center justify-center rounded-xl px-2 text-lg [@media(max-height:480px)]:flex-row [@media(max-height:480px)]:gap-3 [@media(max-height:480px)]:text-base font-semibold select-none focus-visible:outline-3 focus-visible:outline-offset-2 focus-visible:outline-white ${look}`}
          >
            {label}
            <span className="h-4 text-xs leading-4 font-normal" aria-hidden>
              {props.isOpen ? (
                <span className="hidden [@media(hover:hover)]:inline">{hints[outcome]}</span>
              ) : (
                props.flashed !== outcome && props.waitHint
              )}
            </span>
          </button>
        );
      })}
    </fieldset>
  );
}
