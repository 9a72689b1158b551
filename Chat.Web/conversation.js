// What is known of a room or a direct conversation: its numbers, and a window of its messages without gaps.

/** Messages kept at a time: enough to scroll, and few enough to draw at once. */
const WINDOW = 250;
const NOTES = 50;

export const keyOfRoom = (room) => `#${room.normalize('NFC').toLowerCase()}`;
export const keyOfUser = (user) => `@${user.normalize('NFC').toLowerCase()}`;

export class Conversation {
  messages = [];
  isAtEnd = false;
  isAtStart = false;
  isLoaded = false;
  pending = []; // what has neither an echo nor an error, in order
  notes = []; // only for this user: answers to commands, notices
  unfolded = new Set(); // numbers of messages that the user wants to see whole: of blocked users, or with many lines
  typing = [];
  members = null;
  topic = '';
  log = '';
  seq = 0;
  rev = 0;
  read = 0;
  unread = 0;
  mentions = 0;
  isFollowed = true; // whether the newest messages are in view
  line = Infinity; // after which messages are new: where the user was when they came back
  loading = 0;

  constructor({ room, user }) {
    Object.assign(this, { room, user });
  }

  get key() {
    return this.room === undefined ? keyOfUser(this.user) : keyOfRoom(this.room);
  }

  get name() {
    return this.room ?? this.user;
  }

  get title() {
    return this.room === undefined ? this.user : `#${this.room}`;
  }

  /** How frames that read or change name it, and how those that write do. */
  get place() {
    return this.room === undefined ? { with: this.user } : { room: this.room };
  }

  get address() {
    return this.room === undefined ? { to: this.user } : { room: this.room };
  }

  /** Whether numbers began anew, so that nothing that was known holds. */
  isReset({ log, seq, rev }) {
    return this.log !== '' && (log !== this.log || seq < this.seq || rev < this.rev);
  }

  forget() {
    Object.assign(this, { messages: [], isAtEnd: false, isAtStart: false, isLoaded: false });
    this.loading++;
  }

  note(note) {
    this.notes = [...this.notes, note].slice(-NOTES);
  }

  find(seq) {
    return this.messages.find((message) => message.seq === seq);
  }

  /** The newest page, or one from the middle. Messages that came live meanwhile may be missing in it. */
  replace(messages, isAtStart) {
    const last = messages.at(-1)?.seq ?? this.seq;
    Object.assign(this, { messages: [...messages], isAtStart, isAtEnd: last >= this.seq, isLoaded: true });
    this.seq = Math.max(this.seq, last);
  }

  prepend(messages, isAtStart) {
    const first = this.messages[0]?.seq ?? Infinity;
    this.messages.unshift(...messages.filter((message) => message.seq < first));
    this.isAtStart = isAtStart;
    if (this.messages.length <= WINDOW) return;
    this.messages.length = WINDOW;
    this.isAtEnd = false;
  }

  append(messages, isAtEnd) {
    const last = this.messages.at(-1)?.seq ?? 0;
    this.messages.push(...messages.filter((message) => message.seq > last));
    this.isAtEnd = isAtEnd && (messages.length === 0 || messages.at(-1).seq >= this.seq);
    this.#dropOld();
  }

  /** A live message, or the echo of one that was sent again. @returns {boolean} Whether it is new. */
  take(message) {
    const isNew = message.seq > this.seq;
    if (isNew) this.seq = message.seq;
    if (this.isLoaded && this.isAtEnd && message.seq > (this.messages.at(-1)?.seq ?? 0)) {
      if (this.isFollowed || this.messages.length < WINDOW) this.messages.push(message);
      else this.isAtEnd = false; // what a reader further up looks at stays; the rest is fetched when they come down
      this.#dropOld();
    }
    return isNew;
  }

  /** A listed message replaces the copy, unless the copy is newer. */
  refresh(message) {
    const index = this.messages.findIndex((copy) => copy.seq === message.seq);
    if (index >= 0 && (this.messages[index].rev ?? 0) <= (message.rev ?? 0)) this.messages[index] = message;
  }

  /** @param {string} me */
  change(change, me) {
    if (!change.rev) return; // there was nothing to do
    this.rev = Math.max(this.rev, change.rev);
    const index = this.messages.findIndex((copy) => copy.seq === change.seq);
    const copy = this.messages[index];
    if (!copy || (copy.rev ?? 0) >= change.rev) return;
    if (change.kind === 'edit' && change.text === undefined) return; // it had been applied before
    this.messages[index] = { ...copy, ...changed(copy, change, me), rev: change.rev };
  }

  #dropOld() {
    if (this.messages.length <= WINDOW) return;
    this.messages.splice(0, this.messages.length - WINDOW);
    this.isAtStart = false;
  }
}

function changed(copy, change, me) {
  switch (change.kind) {
    case 'edit': return { text: change.text, edited: change.at, mentions: change.mentions };
    case 'delete': return { text: '', erased: true, reactions: [], mentions: [] };
    default: return { reactions: reacted(copy.reactions ?? [], change, me) };
  }
}

function reacted(reactions, { kind, emoji, from }, me) {
  const isMore = kind === 'react';
  const old = reactions.find((reaction) => reaction.emoji === emoji);
  if (!old) return isMore ? [...reactions, { emoji, count: 1, users: [from], mine: from === me }] : reactions;
  const others = old.users.filter((user) => user !== from);
  const next = {
    emoji,
    count: old.count + (isMore ? 1 : -1),
    users: isMore ? [...others, from].slice(0, 10) : others,
    mine: from === me ? isMore : old.mine,
  };
  return reactions.map((reaction) => (reaction === old ? next : reaction)).filter((reaction) => reaction.count > 0);
}
