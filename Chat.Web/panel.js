// Beside the messages: who is there, what a search finds, and what mentions the user.
import { keyOfUser } from './conversation.js';
import { coalesced, el, icon, nameOf } from './dom.js';
import { momentOf, t, timeOf } from './texts.js';

/** Members that are listed: each of thousands who come and go would draw the list anew. */
const LISTED = 200;

customElements.define('chat-panel', class extends HTMLElement {
  view = '';

  connectedCallback() {
    this.hidden = true;
    this.compare = new Intl.Collator().compare;
    const refresh = coalesced(() => this.view === 'members' && this.members());
    this.client.addEventListener('members', refresh);
    this.client.addEventListener('rooms', refresh);
  }

  show(view) {
    if (this.view === view) return this.hide();
    this.view = view;
    this.hidden = false;
    this.role = 'complementary';
    this.ariaLabel = t(view);
    this.body = el('div.body');
    this.replaceChildren(
      el('div.top', {}, el('h2', {}, t(view)),
        el('button.icon', { type: 'button', 'aria-label': t('close'), onclick: () => this.hide() }, icon('close'))),
      this.body);
    if (view === 'search') this.search();
    else this.members();
    return undefined;
  }

  hide() {
    this.view = '';
    this.hidden = true;
    this.replaceChildren();
  }

  members() {
    const { current } = this.client;
    const names = [...current?.members ?? []].sort(([one], [other]) => this.compare(one, other));
    const isRoom = current && current.room !== undefined;
    this.body.replaceChildren(...[
      el('ul.members', {}, names.slice(0, LISTED).map(([name, roles]) => el('li', {}, el(
        'button', { type: 'button', onclick: () => this.write(name), disabled: name === this.client.user }, nameOf(name),
        roles.filter((role) => role !== 'guest' && role !== 'member').map((role) => el('small', {}, t(`role.${role}`))))))),
      names.length > LISTED && el('p.hint', {}, t('moreMembers', LISTED)),
      el('button', { type: 'button', onclick: () => this.leave(current), hidden: !current }, t(isRoom ? 'leave' : 'closeDirect')),
    ].filter(Boolean));
  }

  write(name) {
    this.client.open(this.client.conversations.get(keyOfUser(name)) ?? this.client.of({ user: name }));
    this.client.tell('opened');
  }

  async leave(conversation) {
    const refusal = await this.client.leave(conversation);
    if (refusal) this.body.append(el('p.error', { role: 'alert', dir: 'auto' }, refusal.text));
    else this.hide();
  }

  search() {
    const input = el('input', { type: 'search', name: 'text', 'aria-label': t('searchWords'), placeholder: t('searchWords') });
    const here = el('input', { type: 'checkbox', name: 'here' });
    this.results = el('ol.results', { 'aria-live': 'polite' });
    const form = el(
      'form', { onsubmit: (event) => { event.preventDefault(); this.find(form); } }, input,
      el('label.check', {}, here, t('searchHere')), el('button', { type: 'submit' }, t('search')));
    const mentions = el(
      'button', { type: 'button', hidden: !this.client.isAccount, onclick: () => this.list({ type: 'mentions' }) }, t('mentions'));
    this.body.replaceChildren(form, mentions, this.results);
    input.focus();
  }

  find(form) {
    const { text, here } = Object.fromEntries(new FormData(form));
    if (text.trim() === '') return;
    this.list({ type: 'search', text, ...(here && this.client.current?.place) });
  }

  async list(frame) {
    if (!frame.before) this.results.replaceChildren();
    const found = await this.client.ask({ ...frame, limit: 30 });
    this.results.querySelector('.next')?.remove();
    if (found.type === 'error') {
      this.results.append(el('li.error', {}, found.code === 'lost' ? t('offline') : found.text));
      return;
    }
    this.results.append(...found.messages.map((message) => this.result(message)));
    if (found.messages.length === 0 && !found.more) this.results.append(el('li', {}, t('nothingFound')));
    if (!found.more) return;
    const next = () => this.list({ ...frame, before: found.before });
    this.results.append(el('li.next', {}, el('button', { type: 'button', onclick: next }, t('moreResults'))));
  }

  result(message) {
    const conversation = this.client.of(message.room === undefined ? { user: message.with } : { room: message.room });
    const jump = () => {
      this.client.tell('jump', { conversation, seq: message.seq });
      if (matchMedia('(max-width: 900px)').matches) this.hide();
    };
    return el('li', {}, el(
      'button', { type: 'button', onclick: jump },
      el('span.by', {}, el('bdi', {}, conversation.title), ' · ', nameOf(message.from), ' · ',
        el('time', { dateTime: message.at, title: momentOf(message.at) }, timeOf(message.at))),
      el('span.text', { dir: 'auto' }, message.text.slice(0, 300))));
  }
});
