// The session: logs in, keeps the conversations, and comes back after a lost connection by the protocol's promise
// (docs/protocol.md, "Coming back after a lost connection"): nothing is lost, and nothing is sent twice.
import { Blocked } from './blocked.js';
import { Conversation, keyOfRoom, keyOfUser } from './conversation.js';
import { Link } from './link.js';
import { listMembers, notice, presence, readElsewhere, typing } from './live.js';
import { Outbox } from './outbox.js';
import { joined, rejoin, welcomed } from './resume.js';
import { language } from './texts.js';
import * as stored from './stored.js';

const PAGE = 60;
const ENDS = new Set(['logout', 'kicked', 'banned', 'taken_over', 'session_ended']);

/** Told by events: `state`, `rooms`, `messages` (with `key`), `members`, `typing`, `arrived` (with `message`), `left`. */
export class Client extends EventTarget {
  state = 'out'; // out, connecting, in, lost
  conversations = new Map();
  current = null;
  user = '';
  roles = [];
  isAccount = false;
  ended = '';
  outbox = new Outbox(this);
  blocked = new Blocked();
  #link = null;
  #session = null;
  #attempt = 0;
  #timer = 0;
  wasIn = false;

  constructor() {
    super();
    addEventListener('online', () => this.state === 'lost' && this.#retry(0));
  }

  async start() {
    this.#session = await stored.session();
    if (!this.#session) return this.#set('out');
    const refusal = await this.#enter();
    if (refusal && refusal.code !== 'lost') this.leaveSession();
    return undefined;
  }

  /** @returns The refusal; undefined if it worked. */
  async loginAsGuest(user) {
    this.#session = { kind: 'guest', user };
    return this.#begin();
  }

  /** The password goes over HTTP for a cookie. Where the browser would not take one, the token stays in this tab's memory. */
  async loginWithPassword(user, password) {
    if (!window.isSecureContext) {
      this.#session = { kind: 'memory', user, password };
      return this.#begin();
    }
    const answer = await fetch('/session', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ user, password, lang: language }),
    }).catch(() => null);
    if (!answer) return { code: 'lost', text: '' };
    if (!answer.ok) return answer.status === 401 ? answer.json() : { code: 'forbidden', text: await answer.text() };
    this.#session = { kind: 'account', user };
    return this.#begin();
  }

  /** Over a connection of its own, whose session ends at once: the page logs in by cookie then. */
  async register(user, password, invitation) {
    const frame = { type: 'register', user, password, lang: language, client: 'page', ...(invitation && { invitation }) };
    const answer = await new Promise((settle) => {
      const link = new Link({
        frame: (first) => first.type === 'hello' && link.ask(frame).then((welcome) => {
          link.send({ type: 'logout' });
          if (welcome.type === 'error') link.close();
          settle(welcome);
        }),
        closed: () => settle({ type: 'error', code: 'lost', text: '' }),
      });
    });
    return answer.type === 'error' ? answer : this.loginWithPassword(user, password);
  }

  logout() {
    this.#link?.send({ type: 'logout' });
    this.leaveSession('logout');
  }

  leaveSession(reason = '') {
    stored.forget(this.#session);
    this.#session = null;
    this.wasIn = false;
    clearTimeout(this.#timer);
    this.conversations.clear();
    Object.assign(this, { current: null, user: '', ended: reason, blocked: new Blocked() });
    this.#link?.close();
    this.#set('out');
  }

  ask(frame) {
    return this.#link?.ask(frame) ?? Promise.resolve({ type: 'error', code: 'lost', text: '' });
  }

  /** Nothing if there is no connection. */
  post(frame) {
    this.#link?.send(frame);
  }

  get isConnected() {
    return this.state === 'in' && Boolean(this.#link?.isOpen);
  }

  tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** The conversation, made if there is none. */
  of(frame) {
    const [key, which] = frame.room === undefined
      ? [keyOfUser(frame.user), { user: frame.user }] : [keyOfRoom(frame.room), { room: frame.room }];
    let found = this.conversations.get(key);
    if (!found) this.conversations.set(key, found = new Conversation(which));
    return found;
  }

  async open(conversation) {
    this.current = conversation;
    conversation.line = conversation.unread > 0 ? conversation.seq - conversation.unread : Infinity;
    if (!conversation.isLoaded) await this.load(conversation);
    if (conversation.room !== undefined && !conversation.members) listMembers(this, conversation);
    this.tell('messages', { key: conversation.key });
    this.tell('rooms');
  }

  /** The newest messages, or those around a number. */
  async load(conversation, around) {
    const turn = ++conversation.loading;
    const before = around === undefined ? {} : { before: around + PAGE / 2 };
    const page = await this.ask({ type: 'history', ...conversation.place, ...before, limit: PAGE });
    if (page.type !== 'history' || turn !== conversation.loading) return undefined;
    if (around !== undefined && page.messages.length === 0) return this.load(conversation);
    if (around === undefined && !await this.#complete(conversation, page.messages, turn)) return undefined;
    conversation.replace(page.messages, !page.more);
    Object.assign(conversation, { log: page.log || conversation.log, rev: Math.max(conversation.rev, page.rev) });
    this.tell('messages', { key: conversation.key });
    return undefined;
  }

  /** What came live while the newest page was read may be missing in it. @returns Whether it is of use still. */
  async #complete(conversation, messages, turn) {
    while (messages.length > 0 && messages.at(-1).seq < conversation.seq) {
      const rest = await this.ask({ type: 'history', ...conversation.place, after: messages.at(-1).seq, limit: PAGE });
      if (rest.type !== 'history' || turn !== conversation.loading) return false;
      if (rest.messages.length === 0) break;
      messages.push(...rest.messages);
    }
    return true;
  }

  /** More messages, at the upper or the lower end of those that are there. */
  async more(conversation, isUp) {
    if (!conversation.isLoaded || conversation.isBusy || (isUp ? conversation.isAtStart : conversation.isAtEnd)) return;
    conversation.isBusy = true;
    const turn = conversation.loading;
    const edge = isUp ? { before: conversation.messages[0]?.seq ?? 1 } : { after: conversation.messages.at(-1)?.seq ?? 0 };
    const page = await this.ask({ type: 'history', ...conversation.place, ...edge, limit: PAGE });
    conversation.isBusy = false;
    if (page.type !== 'history' || turn !== conversation.loading) return;
    if (isUp) conversation.prepend(page.messages, !page.more);
    else conversation.append(page.messages, !page.more);
    this.tell('messages', { key: conversation.key });
  }

  /** A text, a command, an edit, a deletion or a reaction. Those that are stored wait for their echo, whatever happens. */
  send(conversation, frame) {
    conversation.typedAt = 0;
    if (frame.type === 'message' && /^\/(?!\/)/.test(frame.text)) return this.#command(conversation, frame);
    return this.outbox.add(conversation, frame);
  }

  markRead(conversation) {
    const { seq } = conversation;
    if (conversation.unread === 0 && conversation.read >= seq) return;
    Object.assign(conversation, { unread: 0, mentions: 0, read: Math.max(conversation.read, seq) });
    if (this.isAccount && this.state === 'in' && seq > 0) this.#link.send({ type: 'read', ...conversation.place, seq });
    this.tell('rooms');
  }

  typing(conversation) {
    if (this.state !== 'in' || Date.now() - (conversation.typedAt ?? 0) < 3000) return;
    conversation.typedAt = Date.now();
    this.#link.send({ type: 'typing', ...conversation.place });
  }

  async leave(conversation) {
    clearTimeout(conversation.asking);
    if (conversation.room !== undefined) {
      const answer = await this.ask({ type: 'leave', room: conversation.room });
      if (answer.type === 'error' && answer.code !== 'not_in_room') return answer;
    }
    this.drop(conversation);
    return undefined;
  }

  async join(room) {
    const answer = await this.ask({ type: 'join', room });
    return answer.type === 'joined' ? { conversation: this.of({ room: answer.room }) } : { refusal: answer };
  }

  #set(state) {
    this.state = state;
    this.tell('state');
  }

  async #begin() {
    this.ended = '';
    this.conversations.clear();
    const refusal = await this.#enter();
    if (refusal) {
      stored.forget(this.#session);
      this.#session = null;
      clearTimeout(this.#timer);
      this.#set('out');
    }
    return refusal;
  }

  #enter() {
    this.#set(this.wasIn ? 'lost' : 'connecting');
    const old = this.#link;
    this.#link = null; // what it still says concerns nobody
    old?.close();
    return new Promise((settle) => {
      const link = new Link({
        frame: (frame, isAnswer) => {
          if (link !== this.#link) return;
          if (frame.type === 'hello') this.#login().then(settle);
          else this.#take(frame, isAnswer);
        },
        closed: (reason) => {
          settle({ type: 'error', code: 'lost', text: '' });
          if (link === this.#link) this.#lost(reason);
        },
      });
      this.#link = link;
    });
  }

  async #login() {
    const [session, link] = [this.#session, this.#link];
    const frame = { type: 'login', client: 'page', lang: language };
    if (session.token) frame.token = session.token;
    else if (session.kind === 'account') frame.cookie = session.tab ??= stored.newTab();
    else Object.assign(frame, { user: session.user, password: session.password });
    if (this.wasIn) frame.rooms = [];
    else if (session.rooms?.length) frame.rooms = session.rooms;
    const welcome = await this.ask(frame);
    if (welcome.type === 'error') {
      if (this.wasIn && welcome.code !== 'lost' && welcome.code !== 'unavailable') this.leaveSession(welcome.code);
      else link.close(); // which may have ended meanwhile
      return welcome;
    }
    Object.assign(this, { user: welcome.user, roles: welcome.roles, isAccount: !welcome.roles.includes('guest') });
    if (session.kind !== 'account') session.token = welcome.token;
    session.user = welcome.user;
    delete session.password;
    this.#attempt = 0;
    if (this.isAccount) this.#askBlocked(); // before any history, so that nothing is shown that is folded a moment later
    welcomed(this, welcome);
    this.wasIn = true;
    this.#set('in');
    for (const conversation of this.conversations.values()) this.outbox.flush(conversation); // after the joins
    stored.keep(session);
    this.tell('rooms');
    return undefined;
  }

  #lost(reason) {
    this.#link = null;
    for (const conversation of this.conversations.values()) conversation.isBusy = false;
    if (ENDS.has(reason)) {
      if (this.#session) this.leaveSession(reason);
      return;
    }
    if (!this.#session || (!this.wasIn && !this.#session.token && this.#session.kind !== 'account')) return;
    this.#set('lost');
    const wait = Math.min(30_000, 500 * 2 ** this.#attempt++) * (0.5 + Math.random());
    this.#retry(wait);
  }

  #retry(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#enter().then((refusal) => {
      if (refusal && refusal.code !== 'lost' && refusal.code !== 'unavailable' && !this.wasIn) this.leaveSession(refusal.code);
    }), wait);
  }

  /** Runs at most once: it is never sent again. */
  async #command(conversation, frame) {
    const note = { command: frame.text.split(/\s/, 1)[0], at: new Date().toISOString(), after: conversation.seq };
    conversation.note(note);
    this.tell('messages', { key: conversation.key });
    const answer = await this.ask({ ...frame, ...conversation.address });
    if (answer.type === 'error') note.error = answer.code === 'lost' ? 'lost' : answer.text;
    else Object.assign(note, { text: answer.text ?? '', data: answer.data });
    this.#takeBlocked(answer.data);
    this.tell('messages', { key: conversation.key });
    return answer;
  }

  async #askBlocked() {
    const { data } = await this.ask({ type: 'command', name: 'bloqueados' });
    this.#takeBlocked(data);
  }

  #takeBlocked(data) {
    if (this.blocked.take(data)) this.tell('messages', { key: this.current?.key });
  }

  #take(frame, isAnswer) {
    if (frame.type === 'message' || frame.type === 'change') {
      if (frame.id) this.outbox.settle(frame);
      if (frame.type === 'message') this.#arrived(frame);
      else this.#changed(frame);
      return;
    }
    if (frame.id && !isAnswer) this.outbox.settle(frame); // a refusal, or the reply to what a filter dropped
    switch (frame.type) {
      case 'joined': joined(this, frame); break;
      case 'left': this.drop(this.of({ room: frame.room }), frame.reason); break;
      case 'read': readElsewhere(this, frame); break;
      case 'typing': typing(this, frame); break;
      case 'presence': presence(this, frame); break;
      case 'notice': this.#noticed(frame); break;
      case 'commands_changed': this.tell('commands'); break;
      default: break;
    }
  }

  /** It may tell of a new topic. All members hear of it at once, and do not ask all at once. */
  #noticed(frame) {
    notice(this, frame);
    const conversation = frame.room !== undefined && this.conversations.get(keyOfRoom(frame.room));
    if (!conversation) return;
    clearTimeout(conversation.asking);
    conversation.asking = setTimeout(
      () => this.state === 'in' && this.conversations.has(conversation.key) && rejoin(this, conversation), 300 + 1700 * Math.random());
  }

  #conversationOf({ room, from, to }) {
    return room === undefined ? this.of({ user: from === this.user ? to : from }) : this.of({ room });
  }

  #arrived(message) {
    const conversation = this.#conversationOf(message);
    this.receive(conversation, message);
    conversation.typing = conversation.typing.filter((user) => user !== message.from);
    this.tell('messages', { key: conversation.key });
    this.tell('rooms');
  }

  /** @param {boolean} isCounted Whether the mentions in `welcome` count it already. */
  receive(conversation, message, isCounted = false) {
    if (!conversation.take(message)) return;
    if (message.from === this.user) {
      Object.assign(conversation, { read: message.seq, unread: 0, mentions: 0 });
      return;
    }
    if (this.blocked.has(message.from)) {
      conversation.unread++; // as the daemon counts it
      return;
    }
    const isMention = (message.mentions ?? []).includes(this.user) && this.isAccount;
    conversation.unread++;
    if (isMention && !isCounted) conversation.mentions++;
    this.tell('arrived', { conversation, message, isMention });
  }

  #changed(change) {
    const conversation = this.#conversationOf(change);
    conversation.change(change, this.user);
    this.tell('messages', { key: conversation.key });
  }

  drop(conversation, reason) {
    this.conversations.delete(conversation.key);
    if (this.current === conversation) this.current = null;
    this.keepRooms();
    this.tell('left', { conversation, reason });
    this.tell('rooms');
  }

  /** A guest has no list of rooms at the daemon. */
  keepRooms() {
    if (!this.#session) return;
    this.#session.rooms = this.isAccount ? undefined
      : [...this.conversations.values()].flatMap(({ room }) => (room === undefined ? [] : [room]));
    stored.keep(this.#session);
  }

}
