const QUIET_MS = 2_000;

/**
 * Says what a step does when it takes over two seconds, and how long it took in the end.
 *
 * @param text such as "Building the pages (once, about 30 s)".
 * @param isLong tells at once: the step is known to take long.
 */
export async function withProgress<T>(
  text: string,
  run: () => Promise<T>,
  { isLong = false }: { readonly isLong?: boolean } = {},
): Promise<T> {
  const start = Date.now();
  let isTold = false;
  const tell = () => {
    isTold = true;
    console.log(`${text}...`);
  };
  const timer = isLong ? tell() : setTimeout(tell, QUIET_MS);
  try {
    const result = await run();
    if (isTold) console.log(`  done in ${Math.round((Date.now() - start) / 1000)} s`);
    return result;
  } finally {
    clearTimeout(timer ?? undefined);
  }
}
