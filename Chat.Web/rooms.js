// The conversations of the user, with what is unread, and the menu.
import { keyOfUser } from './conversation.js';
import { coalesced, el, icon, nameOf } from './dom.js';
import { menuOf } from './menu.js';
import { askToNotify, mayAsk } from './notifications.js';
import { parts, t } from './texts.js';

customElements.define('chat-rooms', class extends HTMLElement {
  entries = new Map(); // by conversation: its node, and what was drawn

  connectedCallback() {
    this.role = 'complementary';
    this.ariaLabel = t('conversations');
    [this.rooms, this.users] = [el('ul'), el('ul')];
    this.usersTitle = el('h2', {}, t('directs'));
    const list = el('nav', { 'aria-label': t('conversations') }, el('h2', {}, t('rooms')), this.rooms, this.usersTitle, this.users);
    this.error = el('p.error', { role: 'alert', dir: 'auto' });
    const input = el('input', { placeholder: t('joinOrWrite'), 'aria-label': t('joinOrWrite'), maxLength: 65, autocapitalize: 'off' });
    this.replaceChildren(
      el('div.me', {}, el('strong', {}, nameOf(this.client.user)), this.menu()),
      list,
      el('form', { onsubmit: (event) => this.enter(event, input) }, input,
        el('button.icon', { type: 'submit', 'aria-label': t('join'), title: t('join') }, icon('add'))),
      this.error,
    );
    this.refresh = coalesced(() => this.draw());
    for (const event of ['rooms', 'left', 'state']) this.client.addEventListener(event, this.refresh);
    this.client.addEventListener('left', ({ detail: { conversation, reason } }) => {
      if (!reason) return;
      this.error.replaceChildren(...parts('leftBecause', nameOf(conversation.title), t(`left.${reason}`)), ...whyOf(conversation));
    });
    this.draw();
  }

  draw() {
    if (!this.isConnected) return;
    const all = [...this.client.conversations.values()].sort(byName);
    this.fill(this.rooms, all.filter(({ room }) => room !== undefined));
    this.fill(this.users, all.filter(({ room }) => room === undefined));
    this.users.hidden = this.usersTitle.hidden = this.users.childElementCount === 0;
    const known = new Set(all);
    for (const conversation of this.entries.keys()) if (!known.has(conversation)) this.entries.delete(conversation);
  }

  /** Entries are kept: one that was replaced with each message would lose the focus, and the click in progress. */
  fill(list, conversations) {
    const nodes = new Set(conversations.map((one) => this.entry(one)));
    for (const node of [...list.children]) if (!nodes.has(node)) node.remove();
    let next = list.firstChild;
    for (const node of nodes) {
      if (node === next) next = next.nextSibling;
      else list.insertBefore(node, next);
    }
  }

  entry(conversation) {
    let entry = this.entries.get(conversation);
    if (!entry) {
      const button = el('button', { type: 'button', onclick: () => this.open(conversation) });
      button.dataset.key = conversation.key;
      this.entries.set(conversation, entry = { node: el('li', {}, button), button });
    }
    const { unread, mentions, pending } = conversation;
    const isCurrent = conversation === this.client.current;
    const failed = pending.some((item) => item.error);
    const state = `${unread} ${mentions} ${isCurrent} ${failed}`;
    if (state === entry.state) return entry.node;
    entry.state = state;
    entry.button.classList.toggle('unread', unread > 0);
    if (isCurrent) entry.button.setAttribute('aria-current', 'page');
    else entry.button.removeAttribute('aria-current');
    const isRoom = conversation.room !== undefined;
    entry.button.replaceChildren(...[
      el('span.sign', { 'aria-hidden': 'true' }, isRoom ? '#' : '@'),
      el('bdi.name', {}, conversation.name),
      failed && badge('failed', t('notSent'), '!'),
      mentions > 0 && badge('mentions', t('mentionsCount', mentions), `@${short(mentions)}`),
      unread > 0 && badge(isRoom ? '' : 'direct', t('unreadCount', unread), short(unread)),
    ].flat().filter(Boolean));
    return entry.node;
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

/** By whom and why: the notice that came just before, which goes with the room. */
function whyOf({ notes }) {
  const note = notes.findLast(({ isNotice }) => isNotice);
  return note && Date.now() - new Date(note.at) < 2000 ? ['. ', el('bdi', {}, note.text)] : [];
}

const byName = (one, other) => one.name.localeCompare(other.name);
const badge = (kind, label, text) =>
  [el(`span.badge${kind && `.${kind}`}`, { 'aria-hidden': 'true' }, text), el('span.unseen', {}, ` ${label}`)];
const short = (count) => (count > 99 ? '99+' : `${count}`);
