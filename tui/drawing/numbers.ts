const grouped = new Intl.NumberFormat('en');

/** `12,345` */
export function count(value: number): string {
  return grouped.format(Math.round(value));
}

/** `940`, `21.3k`, `1.29M`: three digits that count. */
export function short(value: number): string {
  const size = Math.abs(value);
  if (size >= 999_500_000) return `${digits(value / 1e9)}G`;
  if (size >= 999_500) return `${digits(value / 1e6)}M`;
  if (size >= 999.5) return `${digits(value / 1e3)}k`;
  return digits(value);
}

/** Bits per character: `1.482`. */
export function bits(value: number | null): string {
  return value === null || !Number.isFinite(value) ? '–' : value.toFixed(3);
}

/** A rate or a norm: `0.00142`, `0.41`. */
export function small(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return value === 0 ? '0' : '–';
  return value < 0.001 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
}

/** A share as `38 %`. */
export function percent(share: number): string {
  return `${Math.floor(Math.max(0, Math.min(1, share)) * 100)} %`;
}

/** Seconds as a person says them: `40 s`, `6 min 40 s`, `2 h 5 min`, `3 d 4 h`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return pair(whole, 60, 'min', 1, 's');
  if (whole < 86_400) return pair(whole, 3600, 'h', 60, 'min');
  return pair(whole, 86_400, 'd', 3600, 'h');
}

/** Milliseconds as `840 ms`, from a second on as `2.1 s`. */
export function milliseconds(value: number): string {
  return value < 999.5 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

/** How long ago: `just now`, `5 min ago`, `3 d ago`. */
export function ago(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return 'just now';
  return `${duration(seconds).split(' ').slice(0, 2).join(' ')} ago`;
}

/** Bytes as `12 kB`, `320 MB`, `1.2 GB`. */
export function bytes(value: number): string {
  if (value < 999_500) return `${Math.ceil(value / 1e3)} kB`;
  return value < 1e9 ? `${Math.round(value / 1e6)} MB` : `${(value / 1e9).toFixed(1)} GB`;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function pair(whole: number, large: number, largeName: string, small: number, smallName: string) {
  const rest = Math.floor((whole % large) / small);
  const first = `${Math.floor(whole / large)} ${largeName}`;
  return rest === 0 ? first : `${first} ${rest} ${smallName}`;
}
