// The keyboard: everything works without a mouse, and `?` shows how.
import { el } from './dom.js';
import { t } from './texts.js';

const KEYS = [
  ['?', 'key.help'], ['Esc', 'key.escape'], ['Alt ↑ / Alt ↓', 'key.conversation'], ['Ctrl K', 'key.rooms'], ['Ctrl F', 'key.search'],
  ['↑ / ↓', 'key.message'], ['E', 'key.edit'], ['R', 'key.reply'], ['+', 'key.react'], ['Delete', 'key.delete'],
  ['Enter', 'key.send'], ['Shift Enter', 'key.line'], ['Tab', 'key.complete'],
];

/** Single-key shortcuts can be turned off: speech recognition, or an unsteady hand, triggers them by accident. */
const SINGLE = 'chat.single-keys';

export const areSingleKeysOn = () => localStorage.getItem(SINGLE) !== 'off';

export function startKeys(client, showRooms) {
  client.addEventListener('help', () => showSheet());
  document.addEventListener('keydown', (event) => {
    if (client.state === 'out' || event.defaultPrevented || document.querySelector('dialog[open]')) return; // a dialog has its own
    const isTyping = event.target.matches?.('input, textarea, select');
    const action = actionOf(event, isTyping);
    if (!action) return;
    event.preventDefault();
    if (action === 'help') showSheet();
    else if (action === 'rooms') {
      showRooms(true);
      document.querySelector('chat-rooms form input').focus();
    } else if (action === 'search') document.querySelector('chat-panel').show('search');
    else if (action === 'escape') escape(showRooms);
    else step(client, action === 'next' ? 1 : -1);
  });
}

function actionOf(event, isTyping) {
  const isCommand = event.ctrlKey || event.metaKey;
  if (event.key === '?' && !isTyping && !isCommand && areSingleKeysOn()) return 'help';
  if (isCommand && event.key === 'k') return 'rooms';
  if (isCommand && event.key === 'f') return 'search';
  if (event.altKey && event.key === 'ArrowDown') return 'next';
  if (event.altKey && event.key === 'ArrowUp') return 'previous';
  return event.key === 'Escape' ? 'escape' : null;
}

function escape(showRooms) {
  showRooms(false);
  document.querySelector('chat-panel').hide();
  document.querySelector('chat-composer textarea').focus();
}

function step(client, by) {
  const buttons = [...document.querySelectorAll('chat-rooms nav button')];
  const at = buttons.findIndex((button) => button.dataset.key === client.current?.key);
  buttons[(at + by + buttons.length) % buttons.length]?.click();
  document.querySelector('chat-composer textarea').focus();
}

function showSheet() {
  const rows = KEYS.map(([key, text]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, t(text))]);
  const single = el('input', {
    type: 'checkbox', checked: areSingleKeysOn(), onchange: () => localStorage.setItem(SINGLE, single.checked ? 'on' : 'off'),
  });
  const sheet = el(
    'dialog.sheet', { 'aria-label': t('keys'), onclose: () => sheet.remove() },
    el('h2', {}, t('keys')), el('dl', {}, rows.flat()),
    el('label.check', {}, single, t('singleKeys')),
    el('form', { method: 'dialog' }, el('button.primary', { autofocus: true }, t('close'))));
  document.body.append(sheet);
  sheet.showModal();
}
