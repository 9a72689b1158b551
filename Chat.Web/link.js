// One WebSocket: frames out, frames in, and answers by id.
import { randomName } from './dom.js';

const prefix = randomName();
let last = 0;

/** An id that no other tab, and no earlier load of this one, has used. */
export const newId = () => `${prefix}-${++last}`;

export class Link {
  #socket;
  #asked = new Map();

  /** @param {{frame: Function, closed: Function}} owner Told of each frame that answers no question, and of the end, once. */
  constructor(owner) {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.#socket = new WebSocket(`${scheme}://${location.host}/ws`, 'chat.v1');
    let reason = '';
    this.#socket.addEventListener('message', (event) => {
      const frame = JSON.parse(event.data);
      if (frame.type === 'bye') ({ reason } = frame);
      const settle = frame.id && this.#asked.get(frame.id);
      if (settle) {
        this.#asked.delete(frame.id);
        settle(frame);
      }
      owner.frame(frame, Boolean(settle));
    });
    this.#socket.addEventListener('close', () => {
      for (const settle of this.#asked.values()) settle({ type: 'error', code: 'lost', text: '' });
      this.#asked.clear();
      owner.closed(reason);
    }, { once: true });
  }

  get isOpen() {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  send(frame) {
    if (this.isOpen) this.#socket.send(JSON.stringify(frame));
  }

  /** @returns The frame that answers: `error` with the code `lost` if the connection ends first. */
  ask(frame) {
    if (!this.isOpen) return Promise.resolve({ type: 'error', code: 'lost', text: '' });
    const id = frame.id ?? newId();
    return new Promise((settle) => {
      this.#asked.set(id, settle);
      this.send({ ...frame, id });
    });
  }

  close() {
    this.#socket.close();
  }
}
