'use client';

import { useTranslations } from 'next-intl';
import { useLayoutEffect, useRef, useState } from 'react';
import type { AssignmentView } from '#lib/studies/rating/schema.ts';
import { RatingButton } from './rating-button.tsx';
import { RatingDialog } from './rating-dialog.tsx';

type Opened = { kind: 'text' } | { kind: 'image'; index: number } | null;

/** The description, the motion's name and the start images; long texts are cut, with a way to all. */
export function PromptPanel({
  prompt,
  onOpenChange,
}: {
  prompt: AssignmentView['prompt'];
  /** A dialog of the panel opened or closed. */
  onOpenChange: (isOpen: boolean) => void;
}) {
  const t = useTranslations('rate.screen');
  const text = useRef<HTMLParagraphElement>(null);
  const [isCut, setIsCut] = useState(false);
  const [opened, setOpened] = useState<Opened>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is cut elsewhere
  useLayoutEffect(() => {
    const node = text.current;
    if (!node) return;
    const measure = () => setIsCut(node.scrollHeight > node.clientHeight + 1);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, [prompt.text]);
  const open = (next: Opened) => {
    setOpened(next);
    onOpenChange(next !== null);
  };
  return (
    <div className="flex shrink-0 flex-wrap items-center justify-center gap-x-3 px-3 sm:flex-nowrap">
      {prompt.imageUrls.map((url, index) => (
        <button
          key={url}
          type="button"
          aria-label={t('enlarge', { index: index + 1 })}
          onClick={() => open({ kind: 'image', index })}
          className="shrink-0 focus-visible:outline-3 focus-visible:outline-white"
        >
          {/* biome-ignore lint/performance/noImgElement: sealed addresses can't pass an image server */}
          <img src={url} alt={t('image', { index: index + 1 })} className="h-14 w-auto sm:h-20" />
        </button>
      ))}
      <div className="min-w-40 flex-1 sm:flex-initial">
        {prompt.text && (
          <p
            ref={text}
            data-testid="prompt"
            className="line-clamp-2 max-w-4xl wrap-anywhere text-center text-sm leading-snug text-neutral-300 sm:text-base"
          >
            <span className="sr-only">{t('prompt')}: </span>
            {prompt.text}
          </p>
        )}
        <p className="flex flex-wrap justify-center gap-x-4 text-sm text-neutral-300">
          {prompt.motion && (
            <span className="wrap-anywhere">{t('motion', { motion: prompt.motion })}</span>
          )}
          {isCut && (
            <button
              type="button"
              onClick={() => open({ kind: 'text' })}
              className="min-h-6 underline focus-visible:outline-3 focus-visible:outline-white"
            >
              {t('showAll')}
            </button>
          )}
        </p>
      </div>
      {opened && (
        <RatingDialog
          title={opened.kind === 'text' ? t('prompt') : t('image', { index: opened.index + 1 })}
          startsAtTitle
          onClose={() => open(null)}
        >
          {opened.kind === 'text' ? (
            <p className="wrap-anywhere whitespace-pre-wrap">{prompt.text}</p>
          ) : (
            // biome-ignore lint/performance/noImgElement: sealed addresses can't pass an image server
            <img
              src={prompt.imageUrls[opened.index]}
              alt={t('image', { index: opened.index + 1 })}
              className="max-h-[60dvh] w-full object-contain"
            />
          )}
          <RatingButton onClick={() => open(null)}>{t('close')}</RatingButton>
        </RatingDialog>
      )}
    </div>
  );
}
