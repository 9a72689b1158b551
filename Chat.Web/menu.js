// Theme, language, and what else belongs there.
import { el, icon } from './dom.js';
import { choose, language, t } from './texts.js';
import { applyTheme, theme } from './theme.js';

export function menuOf(client, ...others) {
  const themes = ['system', 'light', 'dark'];
  const look = el('select', { onchange: (event) => applyTheme(event.target.value) },
    themes.map((name) => el('option', { value: name, selected: name === theme() }, t(`theme.${name}`))));
  const speech = el('select', { onchange: (event) => choose(event.target.value) },
    [['pt-BR', 'Português'], ['en', 'English']].map(([code, name]) =>
      el('option', { value: code, selected: code === language, lang: code }, name)));
  return el(
    'details.menu', {}, el('summary', { 'aria-label': t('menu') }, icon('more')),
    el('div', {},
      el('label', {}, t('theme'), look), el('label', {}, t('language'), speech), ...others,
      el('button', { type: 'button', onclick: () => client.logout() }, t('logout'))));
}
