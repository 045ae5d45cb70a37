import { roundHalfEven } from '#lib/core/round-half-even.ts';

const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_HOUR = 3600;

/** A number as Python's `str` writes a float: the shortest digits that read back, `1.0`, `1e-05`. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

/** Three decimals, ties to the even digit, as Python writes `.3f`. */
export function thousandths(value: number): string {
  // Only sixteenths can lie exactly between two thousandths.
  const isTie = Number.isInteger(value * 16);
  return (isTie ? roundHalfEven(value * 1000) / 1000 : value).toFixed(3);
}

/** HH:MM:SS.nnn */
export function timecode(seconds: number): string {
  let hours = Math.trunc(seconds / SECONDS_PER_HOUR);
  let minutes = Math.trunc((seconds - hours * SECONDS_PER_HOUR) / SECONDS_PER_MINUTE);
  const rest = seconds - hours * SECONDS_PER_HOUR - minutes * SECONDS_PER_MINUTE;
  let text = thousandths(Math.max(0, rest));
  if (text.startsWith('60')) {
    text = '0.000';
    minutes++;
    if (minutes >= 60) [minutes, hours] = [0, hours + 1];
  }
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(hours)}:${two(minutes)}:${text.padStart(6, '0')}`;
}
