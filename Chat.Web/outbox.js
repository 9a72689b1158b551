// What was written and has neither an echo nor a refusal. It is sent again, in order and with the same id, until it has.
import { newId } from './link.js';
import * as stored from './stored.js';

export class Outbox {
  #client;
  #pausedUntil = 0;

  constructor(client) {
    this.#client = client;
  }

  add(conversation, frame) {
    const place = frame.type === 'message' ? conversation.address : conversation.place;
    conversation.pending.push({ frame: { ...frame, ...place, id: newId() }, at: new Date().toISOString(), isSent: false, error: '' });
    this.flush(conversation);
    this.#client.tell('messages', { key: conversation.key });
  }

  retry(conversation, item) {
    Object.assign(item, { error: '', isSent: false });
    this.flush(conversation);
    this.#client.tell('messages', { key: conversation.key });
  }

  discard(conversation, item) {
    conversation.pending = conversation.pending.filter((other) => other !== item);
    this.#keep();
    this.#client.tell('messages', { key: conversation.key });
  }

  flush(conversation) {
    this.#keep();
    const wait = this.#pausedUntil - Date.now();
    if (!this.#client.isConnected) return;
    if (wait > 0 || (conversation.pausedUntil ?? 0) > Date.now()) return;
    for (const item of conversation.pending) {
      if (item.isSent || item.error) continue;
      item.isSent = true;
      this.#client.post(item.frame);
    }
  }

  /** @returns {boolean} Whether the frame answers something that waits. */
  settle(frame) {
    for (const conversation of this.#client.conversations.values()) {
      const index = conversation.pending.findIndex((item) => item.frame.id === frame.id);
      if (index < 0) continue;
      const item = conversation.pending[index];
      if (frame.type === 'error') this.#refused(conversation, item, frame);
      else conversation.pending.splice(index, 1);
      this.#keep();
      this.#client.tell('messages', { key: conversation.key });
      return true;
    }
    return false;
  }

  #refused(conversation, item, { code, text, room, retry_after: wait = 1000 }) {
    if (code !== 'rate_limited' && code !== 'unavailable') {
      item.error = text || code;
      return;
    }
    item.isSent = false;
    const until = Date.now() + wait + 50;
    if (code === 'rate_limited' && room === undefined) this.#pausedUntil = until;
    else conversation.pausedUntil = until;
    clearTimeout(conversation.timer);
    conversation.timer = setTimeout(() => [...this.#client.conversations.values()].forEach((other) => this.flush(other)), wait + 60);
  }

  /** What waited in this tab when it was loaded again. */
  restore() {
    for (const { place, items } of stored.pending()) this.#client.of(place).pending = items.map((item) => ({ ...item, isSent: false }));
  }

  #keep() {
    stored.keepPending([...this.#client.conversations.values()].filter(({ pending }) => pending.length > 0)
      .map(({ room, user, pending }) => ({ place: { room, user }, items: pending })));
  }
}
