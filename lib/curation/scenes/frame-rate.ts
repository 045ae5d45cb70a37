/** Frames a second as an exact fraction. */
export interface FrameRate {
  readonly numerator: number;
  readonly denominator: number;
}

const NTSC_TOLERANCE = 1e-3;
const MOST_DENOMINATOR = 10_000n;

/**
 * The exact rate that a number stands for, by PySceneDetect's rule: whole rates as they are, n x 1000/1001
 * where one is near (23.976 is 24000/1001), else the nearest fraction with a denominator of at most 10,000.
 */
export function frameRateOf(fps: number): FrameRate {
  if (Number.isInteger(fps)) return { numerator: fps, denominator: 1 };
  const whole = Math.round((fps * 1001) / 1000);
  if (whole > 0 && Math.abs((whole * 1000) / 1001 - fps) < NTSC_TOLERANCE) {
    const divisor = gcd(whole * 1000, 1001);
    return { numerator: (whole * 1000) / divisor, denominator: 1001 / divisor };
  }
  return nearestFraction(fps);
}

export function framesPerSecond({ numerator, denominator }: FrameRate): number {
  return numerator / denominator;
}

/** Best approximation by continued fractions, on the exact value of the double. */
function nearestFraction(value: number): FrameRate {
  const [exactNumerator, exactDenominator] = exactFraction(value);
  if (exactDenominator <= MOST_DENOMINATOR) return plain(exactNumerator, exactDenominator);
  let [p0, q0, p1, q1] = [0n, 1n, 1n, 0n];
  let [n, d] = [exactNumerator, exactDenominator];
  for (;;) {
    const a = n / d;
    const q2 = q0 + a * q1;
    if (q2 > MOST_DENOMINATOR) break;
    [p0, q0, p1, q1] = [p1, q1, p0 + a * p1, q2];
    [n, d] = [d, n - a * d];
  }
  const k = (MOST_DENOMINATOR - q0) / q1;
  const far: readonly [bigint, bigint] = [p0 + k * p1, q0 + k * q1];
  // |p/q - value| compared without division.
  const error = (p: bigint, q: bigint) => {
    const difference = p * exactDenominator - exactNumerator * q;
    return difference < 0n ? -difference : difference;
  };
  return error(p1, q1) * far[1] <= error(...far) * q1 ? plain(p1, q1) : plain(...far);
}

function exactFraction(value: number): [bigint, bigint] {
  let denominator = 1n;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    denominator *= 2n;
  }
  return [BigInt(scaled), denominator];
}

function plain(numerator: bigint, denominator: bigint): FrameRate {
  return { numerator: Number(numerator), denominator: Number(denominator) };
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
