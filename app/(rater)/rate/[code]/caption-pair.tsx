'use client';

import { useTranslations } from 'next-intl';

/** The two texts of a caption pair: beside each other, on a narrow screen one above the other. */
export function CaptionPair({
  left,
  right,
  isStacked,
}: {
  left: string;
  right: string;
  isStacked: boolean;
}) {
  const t = useTranslations('rate.stage');
  const cards = [
    { key: 'left', label: t(isStacked ? 'topText' : 'leftText'), text: left },
    { key: 'right', label: t(isStacked ? 'bottomText' : 'rightText'), text: right },
  ];
  return (
    <div
      className={`mx-auto grid w-full max-w-6xl shrink-0 gap-2 px-3 sm:gap-4 ${isStacked ? '' : 'grid-cols-2'}`}
    >
      {cards.map(({ key, label, text }) => (
        <section key={key} aria-label={label} className="flex min-h-0 flex-col">
          <p className="text-center text-xs leading-5 text-neutral-400" aria-hidden>
            {label}
          </p>
          <p
            className="max-h-[19dvh] min-h-12 overflow-y-auto wrap-anywhere rounded-lg bg-neutral-800 p-3 text-sm leading-relaxed text-neutral-100 sm:max-h-[30dvh] sm:text-base"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard
            tabIndex={0}
          >
            {text}
          </p>
        </section>
      ))}
    </div>
  );
}
