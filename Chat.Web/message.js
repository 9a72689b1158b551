// How one message, one that waits, and one note look.
import { el, icon, nameOf } from './dom.js';
import { areSingleKeysOn } from './keys.js';
import { render } from './markdown.js';
import { momentOf, t, timeOf } from './texts.js';

/** Lines of a text that are shown at first: a guest may send four thousand in one message. */
const LINES = 30;
const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🎉', '🙏', '👀', '✅', '🔥', '☕', '👎'];

/**
 * A message. Its tools are most of its elements: `equip` makes them when the user comes to it.
 * @param {boolean} isMore Whether it goes on from the message before, of the same user.
 */
export function messageOf(client, conversation, message, isMore) {
  const { seq, from, at, erased, via, reply_to: answered } = message;
  const isMine = from === client.user;
  const isForMe = (message.mentions ?? []).includes(client.user);
  const act = (frame) => client.send(conversation, { ...frame, seq });
  const node = el(
    'li.message', { tabIndex: -1, class: `message${isMore ? ' more' : ''}${isForMe ? ' for-me' : ''}` },
    el('div.by', {}, el('strong', { class: `hue${hueOf(from)}` }, nameOf(from)),
      via && el('span.via', {}, `/${via}`),
      el('time', { dateTime: at }, timeOf(at))),
    answered && replyOf(client, conversation, answered),
    erased ? el('div.text', {}, el('em.erased', {}, t('erased'))) : textOf(client, conversation, message),
    reactionsOf(message, act));
  node.dataset.seq = seq;
  node.equip = () => {
    node.equip = null;
    node.querySelector('time').title = momentOf(at);
    if (!erased) node.append(toolsOf(client, conversation, message, isMine, act));
  };
  node.addEventListener('keydown', (event) => shortcut(event, node));
  return node;
}

/** Its first lines, if it has too many, until the user asks for all of them. */
function textOf(client, conversation, { seq, text, mentions, edited }) {
  const note = edited && el('span.edited', { title: momentOf(edited) }, ` ${t('edited')}`);
  const node = el('div.text', { dir: 'auto' });
  const lines = text.split('\n');
  const showAll = () => {
    conversation.unfolded.add(seq);
    node.replaceChildren(...[...render(text, mentions, client.user), note].filter(Boolean));
    node.closest('li')?.focus();
  };
  if (lines.length <= LINES + 5 || conversation.unfolded.has(seq)) {
    node.append(...[...render(text, mentions, client.user), note].filter(Boolean));
    return node;
  }
  const start = lines.slice(0, LINES).join('\n');
  const isInCode = start.split('```').length % 2 === 0;
  node.append(
    ...render(isInCode ? `${start}\n\`\`\`` : `${start}\n`, mentions, client.user),
    el('button.link', { type: 'button', onclick: showAll }, t('allLines', lines.length)), note || '');
  return node;
}

function toolsOf(client, conversation, message, isMine, act) {
  const may = isMine || (conversation.room !== undefined && client.roles.some((role) => role === 'moderator' || role === 'admin'));
  const button = (key, sign, label, onclick) => {
    const node = el('button', { type: 'button', title: label, 'aria-label': label, tabIndex: -1, onclick }, icon(sign));
    node.dataset.key = key;
    return node;
  };
  const picker = el('div.picker', { role: 'group', 'aria-label': t('react'), hidden: true }, EMOJI.map((emoji) =>
    el('button', { type: 'button', 'aria-label': emoji, onclick: () => { picker.hidden = true; act({ type: 'react', emoji }); } }, emoji)));
  return el(
    'div.tools', {},
    button('+', 'react', t('react'), () => {
      picker.hidden = !picker.hidden;
      if (!picker.hidden) picker.firstChild.focus();
    }),
    button('r', 'reply', t('reply'), () => client.tell('compose', { conversation, reply: message })),
    isMine && !message.via && button('e', 'edit', t('edit'), () => client.tell('compose', { conversation, edit: message })),
    may && button('Delete', 'delete', t('delete'), () => confirm(t('deleteAsk')) && act({ type: 'delete' })),
    picker);
}

function shortcut(event, node) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target !== node) return;
  if (event.key.length === 1 && !areSingleKeysOn()) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const button = node.querySelector(`.tools button[data-key="${CSS.escape(key)}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
}

function replyOf(client, conversation, seq) {
  const found = conversation.find(seq);
  const original = found && !client.blocked.has(found.from) ? found : undefined;
  const text = original?.text.replace(/[*`]+/g, '').slice(0, 120);
  const content = original ? [nameOf(original.from), ': ', el('bdi', {}, text || t('erased'))] : [t('replyTo', seq)];
  return el('button.quote', { type: 'button', onclick: () => client.tell('jump', { conversation, seq }) }, '↩ ', ...content);
}

function reactionsOf({ reactions = [] }, act) {
  if (reactions.length === 0) return null;
  return el('div.reactions', {}, reactions.map(({ emoji, count, users, mine }) => el(
    'button', {
      type: 'button', 'aria-pressed': mine ? 'true' : 'false', title: users.join(', '), 'aria-label': t('reactions', emoji, count),
      onclick: () => act({ type: 'react', emoji, ...(mine && { remove: true }) }),
    }, emoji, ` ${count}`)));
}

/** Messages of blocked users, one after the other. */
export function foldOf(client, conversation, messages) {
  const unfold = () => {
    for (const { seq } of messages) conversation.unfolded.add(seq);
    client.tell('messages', { key: conversation.key });
  };
  const label = messages.length === 1 ? t('foldedOne') : t('folded', messages.length);
  const node = el('li.fold', {}, el('button', { type: 'button', 'aria-expanded': 'false', onclick: unfold }, label));
  node.dataset.seq = messages[0].seq;
  return node;
}

/** What was sent and is not stored yet, or was refused. */
export function pendingOf(client, conversation, item) {
  const { frame, error, at, isSent } = item;
  const text = frame.text ?? frame.emoji ?? '';
  return el(
    `li.message.pending${error ? '.failed' : ''}`, { tabIndex: -1 },
    el('div.by', {}, el('strong', { class: `hue${hueOf(client.user)}` }, nameOf(client.user)), el('time', { dateTime: at }, timeOf(at)),
      !error && el('span.waits', {}, t(isSent ? 'sending' : 'waits'))),
    el('div.text', { dir: 'auto' }, render(text.replace(/^\/\//, '/'))),
    error && el('p.error', { role: 'alert', dir: 'auto' }, error, ' ',
      el('button.link', { type: 'button', onclick: () => client.outbox.retry(conversation, item) }, t('sendAgain')), ' ',
      el('button.link', { type: 'button', onclick: () => client.outbox.discard(conversation, item) }, t('discard'))));
}

/** Only for this user: an answer to a command, or a notice. */
export function noteOf({ command, text, data, error, isNotice }) {
  const isOpen = text === undefined && !error;
  return el(
    `li.note${error ? '.failed' : ''}`, {},
    el('p.only', {}, isNotice ? t('notice') : t('onlyYou'), ' ', command && el('code', { dir: 'auto' }, command)),
    el('div.text', { dir: 'auto', role: error ? 'alert' : 'status' },
      isOpen ? t('running') : error === 'lost' ? t('outcomeUnknown') : error ?? text),
    tableOf(data));
}

/** Of a list of objects with simple values. Anything else is only for programs. */
function tableOf(data) {
  const rows = Array.isArray(data) ? data : Object.values(data ?? {}).find(Array.isArray);
  if (!rows?.length || rows.length > 200 || !rows.every((row) => row && typeof row === 'object' && !Array.isArray(row))) return null;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value) => (value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : `${value}`);
  return el(
    'details', {}, el('summary', {}, t('asTable')),
    el('table', {}, el('thead', {}, el('tr', {}, columns.map((name) => el('th', { scope: 'col' }, name)))),
      el('tbody', {}, rows.map((row) => el('tr', {}, columns.map((name) => el('td', {}, el('bdi', {}, cell(row[name])))))))));
}

/** Each name keeps its colour. */
function hueOf(name) {
  let sum = 0;
  for (const char of name.toLowerCase()) sum = (sum * 31 + char.codePointAt(0)) % 8;
  return sum;
}
