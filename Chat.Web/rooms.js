// The conversations of the user, with what is unread, and the menu.
import { keyOfUser } from './conversation.js';
import { coalesced, el, icon, nameOf } from './dom.js';
import { menuOf } from './menu.js';
import { askToNotify, mayAsk } from './notifications.js';
import { t } from './texts.js';

customElements.define('chat-rooms', class extends HTMLElement {
  connectedCallback() {
    this.list = el('nav', { 'aria-label': t('conversations') });
    this.error = el('p.error', { role: 'alert' });
    const input = el('input', { placeholder: t('joinOrWrite'), 'aria-label': t('joinOrWrite'), maxLength: 65, autocapitalize: 'off' });
    this.replaceChildren(
      el('div.me', {}, el('strong', {}, nameOf(this.client.user)), this.menu()),
      this.list,
      el('form', { onsubmit: (event) => this.enter(event, input) }, input,
        el('button.icon', { type: 'submit', 'aria-label': t('join'), title: t('join') }, icon('add'))),
      this.error,
    );
    this.refresh = coalesced(() => this.draw());
    for (const event of ['rooms', 'left', 'state']) this.client.addEventListener(event, this.refresh);
    this.client.addEventListener('left', ({ detail: { conversation, reason } }) => {
      if (reason) this.error.replaceChildren(t('leftBecause', conversation.title, t(`left.${reason}`)));
    });
    this.draw();
  }

  draw() {
    if (!this.isConnected) return;
    const all = [...this.client.conversations.values()];
    const rooms = all.filter(({ room }) => room !== undefined).sort(byName);
    const users = all.filter(({ room }) => room === undefined).sort(byName);
    const focused = document.activeElement?.dataset?.key;
    this.list.replaceChildren(
      el('h2', {}, t('rooms')), el('ul', {}, rooms.map((one) => this.entry(one))),
      ...(users.length > 0 ? [el('h2', {}, t('directs')), el('ul', {}, users.map((one) => this.entry(one)))] : []));
    if (focused) this.list.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  entry(conversation) {
    const { unread, mentions, pending, key } = conversation;
    const isCurrent = conversation === this.client.current;
    const failed = pending.some((item) => item.error);
    const button = el(
      'button', {
        type: 'button', class: unread > 0 ? 'unread' : '', 'aria-current': isCurrent && 'page',
        onclick: () => this.open(conversation),
      },
      el('span.sign', { 'aria-hidden': 'true' }, conversation.room === undefined ? '@' : '#'),
      el('bdi.name', {}, conversation.name),
      failed && el('span.badge.failed', { title: t('notSent') }, '!'),
      mentions > 0 && el('span.badge.mentions', { 'aria-label': t('mentionsCount', mentions) }, `@${short(mentions)}`),
      unread > 0 && el(
        conversation.room === undefined ? 'span.badge.direct' : 'span.badge', { 'aria-label': t('unreadCount', unread) }, short(unread)));
    button.dataset.key = key;
    return el('li', {}, button);
  }

  open(conversation) {
    sessionStorage.setItem('chat.open', conversation.key);
    this.error.replaceChildren();
    this.client.open(conversation);
    this.client.tell('opened');
  }

  /** `#room` or a room's name joins; `@user` begins a direct conversation. */
  async enter(event, input) {
    event.preventDefault();
    const text = input.value.trim();
    this.error.replaceChildren();
    if (text.startsWith('@') && text.length > 1) {
      input.value = '';
      this.open(this.client.conversations.get(keyOfUser(text.slice(1))) ?? this.client.of({ user: text.slice(1) }));
      return;
    }
    const room = text.replace(/^#/, '');
    if (!room) return;
    const { conversation, refusal } = await this.client.join(room);
    if (refusal) this.error.replaceChildren(refusal.code === 'lost' ? t('offline') : refusal.text);
    else {
      input.value = '';
      this.open(conversation);
    }
  }

  menu() {
    const notify = el('button', { type: 'button', hidden: !mayAsk(), onclick: () => askToNotify().then(() => { notify.hidden = true; }) },
      t('notify'));
    return menuOf(this.client, notify, el('button', { type: 'button', onclick: () => this.client.tell('help') }, t('keys')));
  }
});

const byName = (one, other) => one.name.localeCompare(other.name);
const short = (count) => (count > 99 ? '99+' : `${count}`);
