// Commands by the names that the daemon knows them by, whatever the language of the session.

/** Tells `changed` when lists may be out of date. */
export class Commands extends EventTarget {
  all = [];

  constructor(client) {
    super();
    this.client = client;
  }

  /** @returns Whether the daemon has answered. */
  async load() {
    const answer = await this.client.ask({ type: 'commands' });
    if (answer.type !== 'commands') return false;
    this.all = answer.commands;
    return true;
  }

  /** Undefined if the user may not run it. */
  find(name) {
    return this.all.find((command) => command.name === name || command.aliases.includes(name));
  }

  /** @returns The frame that answers: `reply` or `error`. */
  run(name, args = {}, room = undefined) {
    return this.client.ask({ type: 'command', name, args, ...(room && { room }) });
  }

  changed() {
    this.dispatchEvent(new CustomEvent('changed'));
  }
}
