// Where one writes: drafts, replies and edits, and completion of commands and mentions.
import { coalesced, el, icon, nameOf } from './dom.js';
import { guilty, problemsIn, valuesIn } from './parameters.js';
import * as stored from './stored.js';
import { t } from './texts.js';

const LONGEST = 4000;

customElements.define('chat-composer', class extends HTMLElement {
  about = null; // the message that is answered or edited
  options = [];
  chosen = 0;

  connectedCallback() {
    this.input = el('textarea', {
      rows: 1, 'aria-label': t('write'), placeholder: t('write'), 'aria-autocomplete': 'list',
      'aria-controls': 'completions', autocomplete: 'off', oninput: () => this.typed(), onkeydown: (event) => this.key(event),
      onblur: () => setTimeout(() => this.close(), 150),
    });
    this.list = el('ul.completions', { id: 'completions', role: 'listbox', 'aria-label': t('completions'), hidden: true });
    this.hint = el('div.usage', { hidden: true });
    this.context = el('div.context', { hidden: true });
    this.count = el('span.count', { 'aria-live': 'polite' });
    this.replaceChildren(
      this.list, this.hint, this.context,
      el('form', { onsubmit: (event) => this.send(event) }, this.input, this.count,
        el('button.primary', { type: 'submit', 'aria-label': t('send'), title: t('send') }, icon('send'))));
    const { client } = this;
    client.addEventListener('compose', ({ detail }) => this.begin(detail));
    client.addEventListener('commands', () => { this.commands = null; });
    const follow = coalesced(() => this.follow());
    client.addEventListener('rooms', follow);
    client.addEventListener('messages', follow);
    this.follow();
  }

  /** The open conversation may be another one now: its draft is another. */
  follow() {
    const { current } = this.client;
    this.hidden = !current; // before it gets the focus
    if (current === this.conversation) return;
    this.conversation = current;
    this.forgetContext();
    this.put(current ? stored.draft(current.key) : '');
    this.close();
    if (current && !matchMedia('(pointer: coarse)').matches && !document.querySelector('dialog[open]')) this.input.focus();
  }

  put(text) {
    this.input.value = text;
    this.fit();
  }

  fit() {
    this.input.style.height = 'auto';
    this.input.style.height = `${Math.min(this.input.scrollHeight, 200)}px`;
    const left = LONGEST - [...this.input.value].length;
    this.count.textContent = left < 200 ? left : '';
    this.count.classList.toggle('over', left < 0);
  }

  begin({ conversation, reply, edit }) {
    if (conversation !== this.conversation) return;
    this.about = { message: reply ?? edit, isEdit: Boolean(edit) };
    const { message } = this.about;
    if (edit) this.put(edit.text);
    this.context.replaceChildren(
      el('span', {}, t(edit ? 'editing' : 'replyingTo'), ' ', nameOf(message.from), ': ', el('bdi', {}, message.text.slice(0, 100))),
      el('button', { type: 'button', 'aria-label': t('cancel'), onclick: () => this.cancel() }, icon('close')));
    this.context.hidden = false;
    this.input.focus();
  }

  cancel() {
    if (this.about?.isEdit) this.put('');
    this.forgetContext();
    this.input.focus();
  }

  forgetContext() {
    this.about = null;
    this.context.hidden = true;
    this.context.replaceChildren();
  }

  send(event) {
    event.preventDefault();
    const { conversation, about } = this;
    const text = this.input.value;
    if (!conversation || text.trim() === '' || [...text].length > LONGEST) return;
    if (conversation.pending.length >= 900) return; // the daemon remembers the ids of a thousand
    if (about?.isEdit) this.client.send(conversation, { type: 'edit', seq: about.message.seq, text });
    else {
      const sent = this.client.send(conversation, { type: 'message', text, ...(about && { reply_to: about.message.seq }) });
      sent?.then((answer) => answer.code === 'bad_arguments' && this.giveBack(conversation, text, answer.text));
    }
    conversation.line = Infinity;
    this.forgetContext();
    this.put('');
    stored.keepDraft(conversation.key, '');
    this.close();
    const log = document.querySelector('chat-log');
    log.isDown = true;
    if (!conversation.isAtEnd) log.toLatest();
  }

  /** A command with an argument that does not fit, to be mended. Not one with a password in it. */
  async giveBack(conversation, text, refusal) {
    const { command } = await this.commandIn(text);
    if (conversation !== this.conversation || this.input.value !== '' || command?.parameters.some(({ secret }) => secret)) return;
    this.put(text);
    this.explain(text, refusal);
  }

  typed() {
    this.isAhead = true; // of the options, until they are found for this text: one can type faster than they come
    this.fit();
    const text = this.input.value;
    if (!this.conversation) return;
    // A command may have a password in it.
    if (!this.about?.isEdit) stored.keepDraft(this.conversation.key, text.startsWith('/') ? '' : text);
    if (text !== '' && !text.startsWith('/')) this.client.typing(this.conversation);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.complete(), 80);
  }

  key(event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const isOpen = !this.list.hidden;
    if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) this.choose(this.chosen + (event.key === 'ArrowDown' ? 1 : -1));
    else if (event.key === 'Tab' && !event.shiftKey && (isOpen || this.isAhead && this.isCompletable)) this.accept();
    else if (isOpen && event.key === 'Enter' && this.isNew && !this.isAhead) this.accept();
    else if (event.key === 'Escape' && isOpen) this.close();
    else if (event.key === 'Escape' && this.about) this.cancel();
    else if (event.key === 'Enter' && !event.shiftKey && !matchMedia('(pointer: coarse)').matches) this.send(event);
    else if (event.key === 'ArrowUp' && this.input.value === '') this.toLast();
    else return;
    event.preventDefault();
  }

  toLast() {
    [...document.querySelectorAll('chat-log li.message')].at(-1)?.focus();
  }

  get isCompletable() {
    return /^\/(?!\/)|(?:^|\s)@\S*$/.test(this.input.value.slice(0, this.input.selectionStart));
  }

  async complete() {
    clearTimeout(this.timer);
    const { value, selectionStart } = this.input;
    if (value.startsWith('/') && !value.startsWith('//')) {
      const place = this.conversation.room === undefined ? {} : { room: this.conversation.room };
      const answer = await this.client.ask({ type: 'complete', text: value, cursor: selectionStart, ...place });
      this.explain(value);
      if (this.input.value !== value) return this.close(false);
      this.isAhead = false;
      if (answer.type !== 'completions') return this.close(false);
      return this.offer(answer.completions.slice(0, 8), answer.from, answer.length);
    }
    this.isAhead = false;
    this.hint.hidden = true;
    const [, typed] = /(?:^|\s)@([\p{L}\p{M}\p{N}._-]{0,32})$/u.exec(value.slice(0, selectionStart)) ?? [];
    if (typed === undefined) return this.close();
    const names = [...this.conversation.members?.keys() ?? [this.conversation.user].filter(Boolean)];
    const start = (name) => name.toLowerCase().startsWith(typed.toLowerCase()) && name !== this.client.user;
    const found = names.filter(start).slice(0, 8).map((name) => ({ text: `@${name}` }));
    return this.offer(found, selectionStart - typed.length - 1, typed.length + 1);
  }

  /** The command of a line, which may be of two words, and what follows its name. */
  async commandIn(text) {
    this.commands ??= this.client.ask({ type: 'commands' });
    const { commands = [] } = await this.commands;
    for (const [start] of [/^\/\S+\s+\S+/.exec(text), /^\/\S+/.exec(text)].filter(Boolean)) {
      const name = start.slice(1).toLowerCase().replace(/\s+/, ' ');
      const command = commands.find((one) => one.name === name || one.aliases.includes(name));
      if (command) return { command, rest: text.slice(start.length) };
    }
    return {};
  }

  /** What the command that is being typed wants, and which of its arguments do not fit. @param {string} refusal The daemon's word. */
  async explain(text, refusal = '') {
    const { command, rest } = await this.commandIn(text);
    this.hint.hidden = !command || !this.input.value.startsWith('/');
    if (!command) return;
    const problems = problemsIn(command.parameters, rest);
    const about = refusal ? guilty(command.parameters, refusal, valuesIn(command.parameters, rest).values) : -1;
    if (about >= 0) problems[about] = refusal;
    const parameters = command.parameters.map(({ name, summary }, index) => (summary || problems[index]) && el(
      'li', {}, el('code', {}, name), ' ', summary, problems[index] && el('span.error', {}, ' ', problems[index])));
    this.hint.replaceChildren(
      el('code', {}, command.usage), ' ', command.summary, el('ul', {}, parameters),
      el('span.error', { role: 'alert' }, about < 0 ? refusal : ''));
    const isWrong = refusal !== '' || problems.some(Boolean);
    this.input.setAttribute('aria-invalid', isWrong ? 'true' : 'false');
  }

  offer(options, from, length) {
    const isSame = options.length === 1 && options[0].text === this.input.value.slice(from, from + length);
    if (options.length === 0 || isSame) return this.close(false);
    Object.assign(this, { options, from, length, isNew: true });
    this.list.replaceChildren(...options.map((option, index) => el(
      'li', { role: 'option', id: `completion-${index}`, onmousedown: (event) => { event.preventDefault(); this.accept(option); } },
      el('bdi', {}, option.text), option.summary && el('small', { dir: 'auto' }, option.summary))));
    this.list.hidden = false;
    this.choose(0);
    // Enter sends a command that is complete, and completes only a mention or a name that is not.
    this.isNew = options[0].text.startsWith('@') || !options.some((o) => o.text === this.input.value.slice(from, from + length));
    return undefined;
  }

  choose(index) {
    this.chosen = (index + this.options.length) % this.options.length;
    [...this.list.children].forEach((node, at) => node.setAttribute('aria-selected', at === this.chosen ? 'true' : 'false'));
    this.input.setAttribute('aria-activedescendant', `completion-${this.chosen}`);
  }

  /** @param pointed The option that was clicked; without it, the chosen one, or the first that fits a line that is ahead. */
  async accept(pointed) {
    if (this.isAhead) {
      await this.complete();
      if (this.isAhead || this.list.hidden) return;
    }
    const option = pointed ? this.options.find(({ text }) => text === pointed.text) : this.options[this.chosen];
    if (!option) return;
    const { value } = this.input;
    const end = this.from + this.length;
    const rest = value.slice(end);
    const space = rest.startsWith(' ') ? '' : ' ';
    this.input.value = value.slice(0, this.from) + option.text + space + rest;
    const at = this.from + option.text.length + 1;
    this.input.setSelectionRange(at, at);
    this.close();
    this.typed();
  }

  close(isAll = true) {
    this.list.hidden = true;
    this.isNew = false;
    this.input.removeAttribute('aria-activedescendant');
    if (isAll) this.hint.hidden = true;
    if (this.hint.hidden) this.input.removeAttribute('aria-invalid');
  }
});
