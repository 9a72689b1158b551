// Whom the user has blocked. The daemon delivers their lines in rooms like all others: the page folds them.
const keyOf = (name) => name.normalize('NFC').toLowerCase();

export class Blocked {
  #names = new Set();

  has(name) {
    return this.#names.size > 0 && this.#names.has(keyOf(name));
  }

  /** @param {object} data Of the answer to a command. @returns {boolean} Whether it has the list. */
  take(data) {
    if (!Array.isArray(data?.blocked)) return false;
    this.#names = new Set(data.blocked.map(keyOf));
    return true;
  }
}
