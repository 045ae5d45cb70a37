import type { Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { LOCALE_COOKIE, pickLocale } from './pick-locale.ts';
import { RaterLanguage } from './rater-language.tsx';

export const viewport: Viewport = { themeColor: '#1c1c1c', colorScheme: 'dark' };

/** Raters' pages: dark all over, and in the rater's language from the first byte. */
export default async function RaterLayout({ children }: { children: ReactNode }) {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  const locale = pickLocale(chosen, (await headers()).get('accept-language'));
  return <RaterLanguage initialLocale={locale}>{children}</RaterLanguage>;
}
