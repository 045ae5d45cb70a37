'use client';

import { useEffect, useState } from 'react';
import { ClipLoadError, loadClip } from './load-clip.ts';

export type ClipState =
  | { state: 'loading' }
  | { state: 'loaded'; src: string }
  /** `isRefused`: the server said no (expired or broken); else the network failed. */
  | { state: 'failed'; isRefused: boolean };

/** Loads a clip while the component is there; none for null. A new `attempt` tries again. */
export function useClip(url: string | null, attempt: number): ClipState {
  const [clip, setClip] = useState<ClipState>({ state: 'loading' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt loads the same address again
  useEffect(() => {
    if (url === null) return;
    const abort = new AbortController();
    let release: (() => void) | undefined;
    setClip({ state: 'loading' });
    loadClip(url, abort.signal).then(
      (loaded) => {
        if (abort.signal.aborted) return loaded.release();
        release = loaded.release;
        setClip({ state: 'loaded', src: loaded.src });
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        const isRefused = error instanceof ClipLoadError && error.status !== null;
        setClip({ state: 'failed', isRefused });
      },
    );
    return () => {
      abort.abort();
      release?.();
    };
  }, [url, attempt]);
  return clip;
}
