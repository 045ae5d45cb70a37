import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import '#app/globals.css';
import { LOCALE_COOKIE, pickLocale } from './pick-locale.ts';
import { RaterLanguage } from './rater-language.tsx';

export const metadata: Metadata = { title: 'Winnow', robots: { index: false, follow: false } };
export const viewport: Viewport = { themeColor: '#1c1c1c', colorScheme: 'dark' };

/** A root of its own: raters' pages speak their language and are dark all over. */
export default async function RaterLayout({ children }: { children: ReactNode }) {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  const locale = pickLocale(chosen, (await headers()).get('accept-language'));
  return (
    <html
      lang={locale === 'zh' ? 'zh-CN' : 'en'}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body className="bg-[#1c1c1c] font-sans">
        <RaterLanguage initialLocale={locale}>{children}</RaterLanguage>
      </body>
    </html>
  );
}
