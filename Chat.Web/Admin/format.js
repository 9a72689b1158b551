// Numbers, sizes and times as people read them.
import { language, t } from '../texts.js';

const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const fine = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
const moments = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' });

export const number = (value) => numbers.format(value);
export const milliseconds = (value) => (value >= 1000 ? `${fine.format(value / 1000)} s` : `${fine.format(value)} ms`);
export const percent = (cores) => `${numbers.format(cores * 100)} %`;
export const moment = (at) => moments.format(new Date(at));

export function bytes(value) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${fine.format(value)} ${units[unit]}`;
}

/** @param {?number} seconds Null where there is no end. */
export function timeLeft(seconds) {
  if (seconds === null) return t('admin.noEnd');
  const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.ceil(seconds / 60) % 60];
  if (days > 0) return `${days} d ${hours} h`;
  if (seconds >= 3600) return `${hours} h ${minutes} min`;
  return seconds >= 60 ? `${Math.ceil(seconds / 60)} min` : `${seconds} s`;
}
