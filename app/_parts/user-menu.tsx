'use client';

import { ORPCError } from '@orpc/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, LogOut } from 'lucide-react';
import { signOut } from 'next-auth/react';
import { useEffect } from 'react';
import { Link } from '#components/link.tsx';
import { Menu, menuItemLook } from '#components/menu.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';

/** Who is signed in, and the way out. */
export function UserMenu() {
  const queryClient = useQueryClient();
  const { data: me, error } = useQuery(queries.account.me.queryOptions());
  useEffect(() => {
    if (!isSignedOut(error)) return;
    // The session ended while the page was open.
    const { pathname, search } = window.location;
    window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
  }, [error]);
  if (me === undefined) return <Skeleton className="size-8 rounded-full" />;
  const leave = async () => {
    await signOut({ redirect: false });
    queryClient.clear();
    // A whole new page, so that nothing of this person stays in memory.
    window.location.assign('/sign-in');
  };
  return (
    <Menu
      label={`Account of ${me.name}`}
      button={
        <span className="grid size-8 place-items-center rounded-full bg-accent-soft text-sm font-semibold text-accent-strong">
          {initials(me.name)}
        </span>
      }
    >
      <div className="border-b border-line px-3 pt-1 pb-2.5">
        <p className="truncate text-sm font-medium">{me.name}</p>
        <p className="truncate text-sm text-ink-faint">{me.email}</p>
      </div>
      <Link href="/account" className={menuItemLook}>
        <KeyRound aria-hidden /> Change password
      </Link>
      <button type="button" className={menuItemLook} onClick={leave}>
        <LogOut aria-hidden /> Sign out
      </button>
    </Menu>
  );
}

function isSignedOut(error: unknown): boolean {
  return error instanceof ORPCError && error.code === 'UNAUTHENTICATED';
}

/** The first letters of the first and last word of a name. */
function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
