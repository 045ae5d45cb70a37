/** How many of N clips a fraction removes: the nearest whole number, halves up. */
export function removedOf(fraction: number, clips: number): number {
  return Math.floor(fraction * clips + 0.5);
}
