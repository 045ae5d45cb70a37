'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { EndView } from '#lib/studies/rating/schema.ts';
import { MessagePage } from './message-page.tsx';
import { RatingButton } from './rating-button.tsx';

const REDIRECT_SECONDS = 15;
const TITLES = {
  paused: 'pausedTitle',
  closed: 'closedTitle',
  'not-open': 'notOpenTitle',
} as const;

interface SessionEndProps {
  end: EndView;
  unsent: number;
  /** Pairs of a further session, where one is offered. */
  anotherPairs: number | null;
  onUndo: (() => void) | null;
  onAnother: () => void;
}

/** Why there is nothing more to rate; with the code or the way back to where the rater came from. */
export function SessionEnd({ end, unsent, anotherPairs, onUndo, onAnother }: SessionEndProps) {
  const t = useTranslations('rate.end');
  const title =
    end.reason === 'paused' || end.reason === 'closed' || end.reason === 'not-open'
      ? t(TITLES[end.reason])
      : t('thanks');
  return (
    <MessagePage title={title}>
      <p>{t(end.reason)}</p>
      {unsent > 0 && (
        <p role="status" className="font-medium text-neutral-100">
          {t('unsent', { count: unsent })}
        </p>
      )}
      {end.code && <CompletionCode code={end.code} />}
      {end.redirectUrl && <WayBack url={end.redirectUrl} isHeld={unsent > 0} />}
      <div className="flex flex-wrap gap-3">
        {(end.reason === 'paused' || end.reason === 'not-open') && (
          <RatingButton onClick={() => window.location.reload()}>{t('retry')}</RatingButton>
        )}
        {anotherPairs !== null && (
          <RatingButton onClick={onAnother}>{t('another', { pairs: anotherPairs })}</RatingButton>
        )}
        {onUndo && (
          <RatingButton look="quiet" onClick={onUndo}>
            {t('undo')}
          </RatingButton>
        )}
      </div>
    </MessagePage>
  );
}

function CompletionCode({ code }: { code: string }) {
  const t = useTranslations('rate.end');
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      setIsCopied(true);
    } catch {
      // Without the clipboard (http, or refused) the code can still be selected by hand.
    }
  };
  return (
    <section>
      <h2 className="text-sm font-semibold text-neutral-300">{t('code')}</h2>
      <div className="mt-1 flex flex-wrap items-center gap-3">
        <code className="rounded-lg bg-neutral-700 px-4 py-2 font-mono text-xl break-all text-neutral-100 select-all">
          {code}
        </code>
        <RatingButton look="solid" onClick={() => void copy()}>
          {t('copy')}
        </RatingButton>
        <span role="status">{isCopied ? t('copied') : ''}</span>
      </div>
    </section>
  );
}

/** Goes by itself after a stated time, never while votes are still on their way. */
function WayBack({ url, isHeld }: { url: string; isHeld: boolean }) {
  const t = useTranslations('rate.end');
  const [secondsLeft, setSecondsLeft] = useState(REDIRECT_SECONDS);
  const [isStopped, setIsStopped] = useState(false);
  const host = new URL(url).host;
  useEffect(() => {
    if (isHeld || isStopped) return;
    if (secondsLeft <= 0) {
      window.location.assign(url);
      return;
    }
    const timer = setTimeout(() => setSecondsLeft((seconds) => seconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [isHeld, isStopped, secondsLeft, url]);
  return (
    <section>
      <p>
        {isStopped
          ? t('redirectStopped', { host })
          : t('redirect', { host, seconds: Math.max(0, secondsLeft) })}
      </p>
      <div className="mt-2 flex gap-3">
        <a
          href={url}
          rel="noreferrer"
          className="inline-flex min-h-11 items-center rounded-lg bg-neutral-100 px-4 font-medium text-neutral-900 focus-visible:outline-3 focus-visible:outline-offset-2 focus-visible:outline-white"
        >
          {t('go')}
        </a>
        {!isStopped && (
          <RatingButton look="quiet" onClick={() => setIsStopped(true)}>
            {t('stay')}
          </RatingButton>
        )}
      </div>
    </section>
  );
}
