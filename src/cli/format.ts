import type { NetworkConfig } from '../network/config.ts';
import { networkNotation } from '../network/notation.ts';
import type { Run } from '../store/runs.ts';

/** `1,234,567` */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** `1 step`, `1,200 steps` */
export function counted(value: number, thing: string): string {
  return `${count(value)} ${thing}${Math.round(value) === 1 ? '' : 's'}`;
}

/** `1.4 M`, `812 k`, `75`: a large number in few characters. */
export function roughly(value: number): string {
  if (value >= 999_500) return `${(value / 1e6).toFixed(1)} M`;
  if (value >= 9_999.5) return `${(value / 1e3).toFixed(0)} k`;
  if (value >= 999.5) return `${(value / 1e3).toFixed(1)} k`;
  return value.toFixed(0);
}

/** `1:05`, `2:03:04`. @param seconds 0 or more */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** How long ago, in one unit: `42 s`, `5 min`, `3 h`, `12 d`. */
export function age(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

/** Bits per character to three decimals. */
export function bits(value: number): string {
  return value.toFixed(3);
}

/** What a network reads its text in. */
export function tokensOf({ tokenizer }: Pick<Run, 'tokenizer'>): string {
  return tokenizer === 'char' ? 'characters' : 'tokens';
}

/** `LSTM 1 × 512, embedding 128` */
export function describeNetwork(config: NetworkConfig): string {
  const { embedding } = config;
  const input = embedding === 'one-hot' ? 'one-hot' : `embedding ${embedding}`;
  return `${networkNotation(config)}, ${input}`;
}
