// The messages of the open conversation. Only a window of them is in the document: scrolling moves it.
import { announce, coalesced, el, nameOf } from './dom.js';
import { foldOf, messageOf, noteOf, pendingOf } from './message.js';
import { dayOf, parts, t } from './texts.js';

const NEAR = 400; // pixels from an end at which the next page is fetched

customElements.define('chat-log', class extends HTMLElement {
  shown = new Map(); // by key of the row: what was drawn, and the element
  conversation = null;
  #isDown = true;

  /** Whether the newest messages are in view, and stay in view when others come. */
  get isDown() {
    return this.#isDown;
  }

  set isDown(isDown) {
    this.#isDown = isDown;
    if (this.conversation) this.conversation.isFollowed = isDown;
  }

  connectedCallback() {
    this.list = el('ol', { tabIndex: -1 });
    this.scroller = el(
      'div.scroller', { role: 'region', 'aria-label': t('messages'), tabIndex: 0, onscroll: () => this.scrolled() }, this.list);
    this.latest = el('button.latest', { type: 'button', hidden: true, onclick: () => this.toLatest() }, t('toLatest'));
    this.typing = el('p.typing', { 'aria-live': 'off' });
    this.replaceChildren(this.scroller, this.latest, this.typing);
    const draw = coalesced(() => this.draw());
    const { client } = this;
    client.addEventListener('messages', ({ detail: { key } }) => key === client.current?.key && draw());
    client.addEventListener('rooms', draw);
    client.addEventListener('typing', () => this.showTyping());
    client.addEventListener('jump', ({ detail }) => this.jump(detail.conversation, detail.seq));
    let last = null;
    const say = coalesced(() => announce(t('said', last.from, last.text.slice(0, 300))));
    client.addEventListener('arrived', ({ detail: { conversation, message } }) => {
      if (conversation !== client.current) return;
      last = message;
      say();
    });
    this.list.addEventListener('keydown', (event) => this.move(event));
    for (const event of ['pointerover', 'focusin'])
      this.list.addEventListener(event, ({ target }) => target.closest('li.message')?.equip?.());
    for (const event of ['visibilitychange', 'focus']) (event === 'focus' ? window : document).addEventListener(event, draw);
    window.addEventListener('blur', () => {
      const { current } = client;
      if (current && current.unread === 0) current.line = current.seq;
    });
    new ResizeObserver(() => this.isDown && this.toEnd()).observe(this.scroller);
    this.isDown = true;
    draw();
  }

  draw() {
    if (!this.isConnected) return;
    const { current } = this.client;
    if (current !== this.conversation) {
      this.isDown = true; // of the one that was open
      this.conversation = current;
      this.shown.clear();
      this.list.replaceChildren();
    }
    if (!current) return;
    const anchor = this.isDown && current.isAtEnd ? null : this.anchor();
    this.place(this.rows(current));
    if (this.isDown && current.isAtEnd) this.toEnd();
    else if (anchor?.node.isConnected) this.scroller.scrollTop += anchor.node.offsetTop - anchor.top;
    this.latest.hidden = this.isDown && current.isAtEnd;
    this.latest.textContent = current.unread > 0 && !this.latest.hidden ? t('newBelow', current.unread) : t('toLatest');
    this.showTyping();
    if (this.isDown && current.isAtEnd && !document.hidden && document.hasFocus()) this.client.markRead(current);
    if (this.target) this.show(this.target);
    else this.scrolled();
  }

  /** What is to be seen, from top to bottom: a key, what it depends on, and how to draw it. */
  rows(conversation) {
    const rows = [];
    const notes = [...conversation.notes];
    let day = '';
    let before = null;
    let folded = [];
    const fold = () => {
      if (folded.length > 0) rows.push(this.fold(conversation, folded));
      folded = [];
    };
    const start = () => el('li.start', {}, el('span', {}, parts('start', nameOf(conversation.title))));
    if (conversation.isLoaded && conversation.isAtStart) rows.push(['start', '', start]);
    for (const message of conversation.messages) {
      const isFolded = this.client.blocked.has(message.from) && !conversation.unfolded.has(message.seq);
      const at = dayOf(message.at);
      if (!isFolded || at !== day || notes[0]?.after < message.seq) fold();
      while (notes[0] && notes[0].after < message.seq) rows.push(this.note(notes.shift()));
      if (at !== day) rows.push([`day ${at}`, '', () => el('li.day', {}, el('span', {}, at))]);
      if (before && message.seq > conversation.line && before.seq <= conversation.line && message.from !== this.client.user)
        rows.push(['line', '', () => el('li.line', {}, el('span', {}, t('newMessages')))]);
      if (isFolded) {
        folded.push(message);
        [day, before] = [at, message];
        continue;
      }
      const isMore = at === day && before?.from === message.from && !message.reply_to
        && new Date(message.at) - new Date(before.at) < 300_000;
      rows.push([`m${message.seq}`, message, () => messageOf(this.client, conversation, message, isMore), isMore]);
      [day, before] = [at, message];
    }
    fold();
    if (!conversation.isAtEnd) return rows;
    rows.push(...notes.map((note) => this.note(note)));
    for (const item of conversation.pending) {
      if (item.frame.type !== 'message' && !item.error) continue;
      const state = `${item.error} ${item.isSent}`;
      rows.push([`p${item.frame.id}`, state, () => pendingOf(this.client, conversation, item)]);
    }
    return rows;
  }

  fold(conversation, messages) {
    return [`f${messages[0].seq}`, messages.length, () => foldOf(this.client, conversation, messages)];
  }

  note(note) {
    note.key ??= `n${this.notes = (this.notes ?? 0) + 1}`;
    return [note.key, `${note.text} ${note.error}`, () => noteOf(note)];
  }

  /** Draws only what is new or has changed. */
  place(rows) {
    const keys = new Set();
    let next = this.list.firstChild;
    for (const [key, state, make, isMore] of rows) {
      keys.add(key);
      let known = this.shown.get(key);
      if (!known || known.state !== state || known.isMore !== isMore) {
        const node = make();
        if (known) {
          if (known.node === next) next = next.nextSibling;
          const hadFocus = known.node.contains(document.activeElement);
          known.node.remove();
          if (hadFocus) queueMicrotask(() => node.focus());
        }
        this.shown.set(key, known = { state, node, isMore });
      }
      if (known.node === next) next = next.nextSibling;
      else this.list.insertBefore(known.node, next);
    }
    for (const [key, { node }] of this.shown) {
      if (keys.has(key)) continue;
      node.remove();
      this.shown.delete(key);
    }
  }

  /** The first message that is in view, to stay where it is. */
  anchor() {
    const { scrollTop } = this.scroller;
    for (const node of this.list.children)
      if (node.offsetTop + node.offsetHeight > scrollTop && node.dataset.seq) return { node, top: node.offsetTop };
    return null;
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const below = scrollHeight - scrollTop - clientHeight;
    const { conversation } = this;
    if (!conversation?.isLoaded || clientHeight === 0) return;
    this.isDown = below < 40;
    this.latest.hidden = this.isDown && conversation.isAtEnd;
    if (scrollTop < NEAR) this.client.more(conversation, true);
    else if (below < NEAR) this.client.more(conversation, false);
    if (this.isDown && conversation.isAtEnd && conversation.unread > 0 && document.hasFocus()) this.client.markRead(conversation);
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  async toLatest() {
    const { current } = this.client; // it may not have been drawn yet
    this.isDown = true;
    if (!current.isAtEnd) await this.client.load(current);
    this.toEnd();
    document.querySelector('chat-composer textarea').focus();
  }

  async jump(conversation, seq) {
    if (conversation !== this.client.current) await this.client.open(conversation);
    this.target = seq;
    conversation.unfolded.add(seq);
    if (!conversation.find(seq)) await this.client.load(conversation, seq);
    this.draw();
  }

  show(seq) {
    const node = this.list.querySelector(`[data-seq="${seq}"]`);
    if (!node) return;
    this.target = 0;
    this.isDown = false;
    node.scrollIntoView({ block: 'center' });
    node.classList.add('target');
    node.focus({ preventScroll: true });
    setTimeout(() => node.classList.remove('target'), 2500);
  }

  showTyping() {
    const typing = (this.client.current?.typing ?? []).filter((name) => !this.client.blocked.has(name));
    const names = typing.slice(0, 3).flatMap((name, index) => [index > 0 && ', ', nameOf(name)]).filter(Boolean);
    this.typing.replaceChildren(...(names.length > 0 ? [...names, ` ${t(typing.length > 1 ? 'areTyping' : 'isTyping')}`] : []));
  }

  /** Up and down go from message to message. */
  move(event) {
    if (event.target.matches('input, textarea') || !['ArrowUp', 'ArrowDown', 'Home', 'End'].includes(event.key)) return;
    const all = [...this.list.querySelectorAll('li.message')];
    const at = all.indexOf(event.target.closest('li.message'));
    const to = { ArrowUp: Math.max(0, at - 1), ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
    event.preventDefault();
    if (to >= all.length) document.querySelector('chat-composer textarea').focus();
    else all[to]?.focus();
  }
});
