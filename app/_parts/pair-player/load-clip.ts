/** Larger files are streamed by the browser instead of being held in memory. */
const MAX_HELD_BYTES = 64 * 1024 * 1024;
const RETRY_AFTER_MS = 800;
const TIMEOUT_MS = 60_000;

export interface LoadedClip {
  /** What to give to a video element. */
  src: string;
  /** Frees the memory; the element must be done with it. */
  release(): void;
}

/** A clip that could not be had. `status` is HTTP's, or null when the network failed. */
export class ClipLoadError extends Error {
  override readonly name = 'ClipLoadError';
  readonly status: number | null;
  constructor(status: number | null, options?: ErrorOptions) {
    super(
      status === null ? 'the clip was not reached' : `the clip was refused (${status})`,
      options,
    );
    this.status = status;
  }
}

/**
 * Fetches a whole clip, once more after a failure. Held in memory it starts at once, loops and steps
 * without the network, and outlives the expiry of its address.
 *
 * @throws {ClipLoadError} when both tries failed
 */
export async function loadClip(url: string, signal: AbortSignal): Promise<LoadedClip> {
  try {
    return await fetchClip(url, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    await pause(RETRY_AFTER_MS, signal);
    return await fetchClip(url, signal);
  }
}

async function fetchClip(url: string, signal: AbortSignal): Promise<LoadedClip> {
  const timed = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  let response: Response;
  try {
    response = await fetch(url, { signal: timed, credentials: 'same-origin' });
  } catch (error) {
    throw signal.aborted ? error : new ClipLoadError(null, { cause: error });
  }
  if (!response.ok) throw new ClipLoadError(response.status);
  if (Number(response.headers.get('content-length') ?? 0) > MAX_HELD_BYTES) {
    await response.body?.cancel();
    return { src: url, release: () => undefined };
  }
  try {
    const src = URL.createObjectURL(await response.blob());
    return { src, release: () => URL.revokeObjectURL(src) };
  } catch (error) {
    throw signal.aborted ? error : new ClipLoadError(null, { cause: error });
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
