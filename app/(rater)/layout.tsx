import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { LOCALE_COOKIE, pickLocale } from './pick-locale.ts';
import { RaterLanguage } from './rater-language.tsx';

export const metadata: Metadata = { title: 'Winnow' };
export const viewport: Viewport = { themeColor: '#1c1c1c', colorScheme: 'dark' };

/** Raters' pages speak their language and are dark all over. */
export default async function RaterLayout({ children }: { children: ReactNode }) {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  const locale = pickLocale(chosen, (await headers()).get('accept-language'));
  return (
    // The document's own language follows in the browser (`RaterLanguage`).
    <div lang={locale === 'zh' ? 'zh-CN' : 'en'} data-surround="dark">
      <RaterLanguage initialLocale={locale}>{children}</RaterLanguage>
    </div>
  );
}
