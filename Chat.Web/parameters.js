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

const isNamed = ({ kind }) => kind === 'option' || kind === 'flag';
const takesAll = ({ kind }) => kind === 'remainder' || kind === 'variadic';

/** What a line gives for each parameter, as far as one can tell without the daemon. @param {string} rest What follows the name. */
export function valuesIn(parameters, rest) {
  const values = parameters.map(() => undefined);
  const places = [...parameters.keys()].filter((index) => !isNamed(parameters[index]));
  let option = -1;
  let last = -1;
  for (const [whole, quoted] of rest.matchAll(/"((?:\\.|[^"\\])*)"?|\S+/gu)) {
    const word = quoted ?? whole;
    const named = quoted === undefined && word.startsWith('--')
      ? parameters.findIndex((one) => isNamed(one) && [one.name, ...one.aliases ?? []].includes(word.slice(2))) : -1;
    if (option >= 0) {
      values[last = option] = word;
      option = -1;
    } else if (named >= 0 && parameters[named].kind === 'flag') values[last = named] = 'true';
    else if (named >= 0) option = last = named;
    else if (places.length > 0) {
      [last] = places;
      values[last] = values[last] === undefined ? word : `${values[last]} ${word}`;
      if (!takesAll(parameters[last])) places.shift();
    }
  }
  return { values, last };
}

/** What is wrong with each parameter of a line. The word that is still being typed is not judged. */
export function problemsIn(parameters, rest) {
  const { values, last } = valuesIn(parameters, rest);
  return parameters.map((parameter, index) => {
    const isOpen = index === last && !/\s$/.test(rest);
    return values[index] === undefined || isOpen || takesAll(parameter) ? '' : problemOf(parameter, values[index]);
  });
}

/** @returns {number} The parameter that a refusal is about, or -1: its text names it, or quotes what was given for it. */
export function guilty(parameters, text, values) {
  const words = ` ${text.replace(/“[^”]*”/g, ' ').toLowerCase()} `;
  const named = parameters.findIndex(({ name }) => words.split(/[^\p{L}\p{M}\p{N}_-]+/u).some((word) => word.replace(/^--/, '') === name));
  if (named >= 0) return named;
  return values.findIndex((value) => typeof value === 'string' && value !== '' && text.includes(`“${value.replace(/^[@#]/, '')}”`));
}
