// Whether what is typed fits a parameter, as `commands` describes it. The daemon decides; this only says so earlier, beside the field.
import { t } from './texts.js';

const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** @returns {string} What is wrong; empty if nothing is, or if only the daemon can tell. */
export function problemOf({ type, required, choices, min = -Infinity, max = Infinity }, value) {
  if (value === '') return required ? t('param.missing') : '';
  if (choices && !choices.some((choice) => fold(choice) === fold(value))) return t('param.choice', choices.join(', '));
  if (type === 'duration' && !/^(\d+d)?(\d+h)?(\d+m)?(\d+s)?$/i.test(value)) return t('param.duration');
  const isInteger = type === 'integer';
  if (!isInteger && type !== 'number') return '';
  const number = Number(value.replace(',', '.'));
  if (isInteger && !/^[+-]?\d+$/.test(value)) return t('param.integer');
  if (Number.isNaN(number)) return t('param.number');
  if (number >= min && number <= max) return '';
  return t('param.range', Number.isFinite(min) ? min : '−∞', Number.isFinite(max) ? max : '∞');
}

/** @returns {number} The parameter that a refusal is about, or -1: its text names it, or quotes what was given for it. */
export function guilty(parameters, text, values) {
  const words = ` ${text.replace(/“[^”]*”/g, ' ').toLowerCase()} `;
  const named = parameters.findIndex(({ name }) => words.split(/[^\p{L}\p{M}\p{N}_-]+/u).some((word) => word.replace(/^--/, '') === name));
  if (named >= 0) return named;
  return values.findIndex((value) => typeof value === 'string' && value !== '' && text.includes(`“${value.replace(/^[@#]/, '')}”`));
}
