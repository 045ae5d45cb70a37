import type { Platform } from '#lib/platform/platform.ts';

/** What reading an import needs. */
export type RunPlatform = Pick<
  Platform,
  'database' | 'blobs' | 'media' | 'tables' | 'environment' | 'log'
>;
