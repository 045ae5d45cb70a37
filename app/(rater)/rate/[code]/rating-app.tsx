'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useRaterLanguage } from '#app/(rater)/rater-language.tsx';
import { apiRatingPort } from './api-rating-port.ts';
import { MessagePage } from './message-page.tsx';
import { RatingButton } from './rating-button.tsx';
import { canUndo } from './rating-machine.ts';
import { RatingScreen } from './rating-screen.tsx';
import { ratingSession } from './rating-session.ts';
import { SessionEnd } from './session-end.tsx';
import type { RatingSession, SessionSnapshot } from './session-types.ts';
import { TrainingScreen } from './training-screen.tsx';
import { Welcome } from './welcome.tsx';

const PROBLEMS = {
  'unknown-link': ['unknownTitle', 'unknown'],
  network: ['networkTitle', 'network'],
  refused: ['refusedTitle', 'refused'],
} as const;

/** Everything behind a study's link, from the welcome to the thank-you. */
export function RatingApp({ code }: { code: string }) {
  const { locale } = useRaterLanguage();
  const [session, setSession] = useState<RatingSession | null>(null);
  const [firstLocale] = useState(locale);

  useEffect(() => {
    const created = ratingSession(code, firstLocale, {
      port: apiRatingPort(code),
      storage: deviceStorage(),
      nowMs: () => Date.now(),
      schedule(ms, callback) {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
    });
    setSession(created);
    // Deferred, so that an effect run twice (as React does in development) joins once.
    const start = setTimeout(() => void created.start());
    const online = () => created.reconnect();
    const seen = () => created.setSeen(!document.hidden);
    window.addEventListener('online', online);
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearTimeout(start);
      window.removeEventListener('online', online);
      document.removeEventListener('visibilitychange', seen);
      created.dispose();
    };
  }, [code, firstLocale]);

  return session ? <Visit session={session} /> : <LoadingPage />;
}

function Visit({ session }: { session: RatingSession }) {
  const t = useTranslations('rate');
  const snapshot: SessionSnapshot = useSyncExternalStore(
    session.subscribe,
    session.snapshot,
    session.snapshot,
  );
  const { rating, outbox } = snapshot;
  const { study } = rating;
  if (rating.phase === 'failed') {
    const [title, text] = PROBLEMS[rating.failure ?? 'network'];
    return (
      <MessagePage title={t(`problem.${title}`)}>
        <p>{t(`problem.${text}`)}</p>
        {rating.failure !== 'unknown-link' && (
          <RatingButton look="solid" onClick={() => void session.start()}>
            {t('problem.retry')}
          </RatingButton>
        )}
      </MessagePage>
    );
  }
  if (rating.phase === 'left')
    return (
      <MessagePage title={t('end.left')}>
        <p>{t('end.leftText')}</p>
        <RatingButton onClick={() => void session.start()}>{t('end.back')}</RatingButton>
      </MessagePage>
    );
  if (!study || rating.phase === 'loading') return <LoadingPage />;
  if (rating.phase === 'welcome') return <Welcome study={study} onStart={() => session.begin()} />;
  if (rating.phase === 'training')
    return (
      <TrainingScreen
        session={session}
        study={study}
        index={rating.training.index}
        answer={rating.training.answer}
      />
    );
  if (rating.phase === 'ended' && rating.end)
    return (
      <SessionEnd
        end={rating.end}
        unsent={outbox.unsent}
        anotherPairs={study.nextSessionPairs > 0 ? study.nextSessionPairs : null}
        onUndo={canUndo(rating) ? () => void session.undo() : null}
        onAnother={() => void session.start(true)}
      />
    );
  return <RatingScreen session={session} snapshot={snapshot} study={study} />;
}

function LoadingPage() {
  const t = useTranslations('rate');
  return (
    <main className="flex min-h-dvh items-center justify-center bg-[#1c1c1c] text-neutral-300">
      <p role="status">{t('loading')}</p>
    </main>
  );
}

/** The browser's storage; null where it is switched off, which throws on the first touch. */
function deviceStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
