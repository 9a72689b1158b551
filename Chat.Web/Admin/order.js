// A command as a form: its parameters as fields, and the line that one could type instead.
import { el } from '../dom.js';
import { guilty, problemOf } from '../parameters.js';
import { t } from '../texts.js';

/** @param {object} entry The command, as `commands` lists it. @param {{values: Array, room: ?string, title: string}} given */
export function openOrder(commands, entry, { values, room, title }) {
  const order = new Order(commands, entry, values, room, title);
  document.body.append(order.dialog);
  order.dialog.showModal();
}

class Order {
  constructor(commands, entry, values, room, title) {
    Object.assign(this, { commands, entry });
    this.room = entry.where === 'room' ? room ?? this.anyRoom() : undefined;
    this.fields = entry.parameters.map((parameter, index) => new Field(parameter, index, values[index], () => this.show()));
    this.line = el('code', { dir: 'auto' });
    this.answer = el('p.answer', { role: 'status', dir: 'auto' });
    this.error = el('p.error', { role: 'alert', dir: 'auto' });
    this.submit = el('button.primary', { type: 'submit' }, t('order.run'));
    this.dialog = el(
      'dialog.order', { 'aria-labelledby': 'order-title', onclose: () => this.dialog.remove() },
      el('form', { noValidate: true, onsubmit: (event) => this.run(event) },
        el('h2', { id: 'order-title' }, title), el('p.hint', {}, entry.summary),
        this.fields.map(({ label }) => label),
        el('p.typed', {}, t('order.line'), ' ', this.line),
        this.room !== undefined && el('p.hint', {}, t('order.inRoom'), ' ', el('bdi', {}, `#${this.room}`)),
        this.answer, this.error,
        el('div.buttons', {},
          el('button', { type: 'button', onclick: () => this.dialog.close() }, t('close')), this.submit)));
    this.show();
  }

  /** Some commands work only in a room, even for what holds everywhere. */
  anyRoom() {
    return [...this.commands.client.conversations.values()].find(({ room }) => room !== undefined)?.room;
  }

  show() {
    const parts = this.fields.filter(({ isNamed }) => isNamed).concat(this.fields.filter(({ isNamed }) => !isNamed));
    this.line.textContent = [`/${this.entry.name}`, ...parts.map((field) => field.typed())].filter(Boolean).join(' ');
  }

  async run(event) {
    event.preventDefault();
    this.answer.textContent = this.error.textContent = '';
    const bad = this.fields.filter((field) => field.check());
    if (bad.length > 0) return bad[0].input.focus();
    this.submit.disabled = true;
    const answer = await this.ask();
    this.submit.disabled = false;
    if (answer.type !== 'error') {
      this.answer.textContent = answer.text;
      this.submit.hidden = true;
      this.dialog.querySelector('.buttons button').focus();
      return this.commands.changed();
    }
    if (answer.code === 'confirm') this.answer.textContent = answer.text;
    else this.blame(answer);
    return undefined;
  }

  async ask() {
    const { client } = this.commands;
    const isHere = () => [...client.conversations.values()].some(({ room }) => room === this.room);
    if (this.room !== undefined && !isHere()) {
      const { refusal } = await client.join(this.room);
      if (refusal) return refusal;
    }
    const given = this.fields.map((field) => [field.parameter.name, field.value()]).filter(([, value]) => value !== undefined);
    const args = Object.fromEntries(given);
    return this.commands.run(this.entry.name, args, this.room);
  }

  /** Beside the field that it is about, if that can be told. */
  blame({ code, text }) {
    const sentence = code === 'lost' ? t('outcomeUnknown') : text || code;
    const field = this.fields[guilty(this.entry.parameters, sentence, this.fields.map(({ input }) => input.value))];
    if (!field) this.error.textContent = sentence;
    else {
      field.tell(sentence);
      field.input.focus();
    }
  }
}

class Field {
  constructor(parameter, index, value, changed) {
    Object.assign(this, { parameter });
    const { name, summary, choices, required, secret, type } = parameter;
    const id = `order-${index}`;
    const shared = { id, name, required, 'aria-describedby': `${id}-error`, oninput: changed, onchange: changed };
    if (this.isFlag) this.input = el('input', { ...shared, type: 'checkbox', checked: value === true });
    else if (choices) {
      this.input = el('select', shared, !required && el('option', { value: '' }, '—'),
        choices.map((choice) => el('option', { value: choice, selected: choice === value }, choice)));
    } else {
      this.input = el('input', {
        ...shared, type: secret ? 'password' : 'text', value: value ?? '', autocomplete: secret ? 'new-password' : 'off',
        inputMode: type === 'integer' ? 'numeric' : 'text', placeholder: parameter.default ?? '',
      });
    }
    this.error = el('span.error', { id: `${id}-error`, dir: 'auto' });
    const title = el('label', { htmlFor: id }, name, !required && el('small', {}, ` ${t('order.optional')}`));
    this.label = el('div.field', {}, title, this.input, summary && el('small', {}, summary), this.error);
  }

  get isFlag() {
    return this.parameter.kind === 'flag';
  }

  get isNamed() {
    return this.isFlag || this.parameter.kind === 'option';
  }

  /** Undefined where the field is empty. */
  value() {
    const { value, checked } = this.input;
    if (this.isFlag) return checked || undefined;
    if (value === '') return undefined;
    return this.parameter.kind === 'variadic' ? value.split(/\s+/) : value;
  }

  /** As one would type it. */
  typed() {
    const { kind, name, secret } = this.parameter;
    const value = this.value();
    if (value === undefined) return '';
    if (this.isFlag) return `--${name}`;
    const text = secret ? '•••' : kind === 'remainder' || kind === 'variadic' || !/[\s"]/.test(value) ? this.input.value
      : `"${value.replaceAll('"', '\\"')}"`;
    return kind === 'option' ? `--${name} ${text}` : text;
  }

  /** @returns Whether there is a problem. */
  check() {
    const problem = this.isFlag ? '' : problemOf(this.parameter, this.input.value);
    this.tell(problem);
    return problem !== '';
  }

  tell(problem) {
    this.error.textContent = problem;
    if (problem) this.input.setAttribute('aria-invalid', 'true');
    else this.input.removeAttribute('aria-invalid');
  }
}
