// Tables of what commands answer, with a search and the orders for each row.
import { el, nameOf } from '../dom.js';
import { t } from '../texts.js';
import { openOrder } from './order.js';

const EVERY = 10_000;

/** Columns that are made of others, and columns in which null says something. */
const MADE = new Set(['generations']);
const NULL_SAYS = new Set(['room', 'seconds_left']);

customElements.define('admin-lists', class extends HTMLElement {
  connectedCallback() {
    this.lists = this.view.lists.map((list) => new List(list, this.commands, this.argument));
    const title = this.argument === undefined
      ? [t(`view.${this.view.id}`)] : [el('a', { href: '#/rooms' }, t('view.rooms')), ' › ', nameOf(`#${this.argument}`)];
    this.replaceChildren(el('h2', {}, title), ...this.lists.map(({ section }) => section));
    this.refresh = () => this.lists.forEach((list) => list.load());
    this.commands.addEventListener('changed', this.refresh);
    this.timer = setInterval(() => document.hidden || document.querySelector('dialog[open]') || this.refresh(), EVERY);
    this.refresh();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    this.commands.removeEventListener('changed', this.refresh);
  }
});

class List {
  drawn = ''; // the rows that are drawn, as JSON

  constructor(what, commands, argument) {
    Object.assign(this, { ...what, commands, room: argument });
    const isSearched = this.search || this.filter;
    const label = { 'aria-label': t('admin.search'), placeholder: t('admin.search') };
    this.field = isSearched && el('input', { ...label, type: 'search', oninput: () => this.typed() });
    this.message = el('p.hint', { role: 'status' }, t('connecting'));
    this.body = el('tbody', { role: 'rowgroup' });
    this.table = el(
      'table', { role: 'table', hidden: true, 'aria-label': t(`list.${this.key}`) },
      el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' },
        [...this.columns.map(([key]) => t(`column.${key}`)), ...(this.orders ? [t('column.orders')] : [])]
          .map((title) => el('th', { role: 'columnheader', scope: 'col' }, title)))),
      this.body);
    this.section = el(
      'section.list', {},
      el('header', {}, el('h3', {}, t(`list.${this.key}`)), this.field, el('span.general', {}, this.buttons(this.general ?? []))),
      this.message, this.table);
  }

  typed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.filter ? this.draw() : this.load()), 200);
  }

  async load() {
    const turn = this.turn = (this.turn ?? 0) + 1;
    const typed = this.search && this.field.value.trim();
    const given = { ...this.fixed, ...(typed && { [this.search]: typed }), ...(this.argument && { [this.argument]: this.room }) };
    const answer = await this.commands.run(this.command, given);
    if (turn !== this.turn) return;
    if (answer.type === 'error') {
      this.message.hidden = false;
      this.message.textContent = answer.text || t('admin.offline');
      return;
    }
    this.rows = Array.isArray(answer.data) ? answer.data : [];
    this.more = this.rows.length > 0 ? /^… .*$/m.exec(answer.text)?.[0] ?? '' : answer.text; // how many did not fit
    this.draw();
  }

  draw() {
    const typed = this.filter ? this.field.value.trim().toLowerCase() : '';
    const rows = (this.rows ?? []).filter((row) => JSON.stringify(row).toLowerCase().includes(typed));
    this.message.hidden = rows.length > 0 && !this.more;
    this.message.textContent = rows.length > 0 ? this.more : this.more || t('nothingFound');
    this.table.hidden = rows.length === 0;
    const next = JSON.stringify(rows);
    if (next === this.drawn) return;
    this.drawn = next;
    const focused = this.body.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    this.body.replaceChildren(...rows.map((row) => this.row(row)));
    if (focused) this.body.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  row(row) {
    const cell = ([key, show]) => {
      const value = row[key];
      const isEmpty = (value === undefined && !MADE.has(key)) || (value === null && !NULL_SAYS.has(key));
      const td = el('td', { role: 'cell' }, isEmpty ? '' : show(value, row));
      td.dataset.title = t(`column.${key}`);
      return td;
    };
    const links = (this.links?.(row) ?? []).map(([href, title]) => el('a', { href }, title));
    const [of] = Object.values(row);
    const orders = this.orders && el('td.orders', { role: 'cell' }, links, this.buttons(this.orders(row, this.room), of));
    return el('tr', { role: 'row' }, this.columns.map(cell), orders);
  }

  /** Only what the user may order. */
  buttons(orders, of) {
    return orders.map(({ command, values, room }) => ({ command, values, room, entry: this.commands.find(command) }))
      .filter(({ entry }) => entry)
      .map(({ command, values, room, entry }) => {
        const label = t(`order.${command}`);
        const button = el('button', {
          type: 'button', 'aria-label': of === undefined ? undefined : `${label}: ${of}`,
          onclick: () => openOrder(this.commands, entry, { values, room, title: label }),
        }, label);
        button.dataset.key = `${of} ${command}`;
        return button;
      });
  }
}
