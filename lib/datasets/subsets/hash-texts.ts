// What is put before a clip's uid and hashed (MD5, 32 hexadecimal digits): docs/subsets.md has vectors.

/** Base sample: the clips with the smallest hashes are in. */
export function samplePrefix(seed: number): string {
  return `${seed}:`;
}

/** Ties at a cut: of equal scores, the clips with the smallest hashes go first. */
export function tiePrefix(seed: number): string {
  return `${seed}:tie:`;
}

/** Random drop: the clips with the smallest hashes go. */
export function controlPrefix(seed: number, label: string): string {
  return `${seed}:control:${label}:`;
}

/** Captions: the first 13 digits, as a number, over 2^52 choose the column. */
export function captionPrefix(seed: number): string {
  return `${seed}:caption:`;
}

/** What an axis's random drop of a fraction is called. */
export function controlLabel(axis: string, fraction: number): string {
  return `${axis}:${fraction}`;
}
