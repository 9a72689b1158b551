// The load of the last hour, live: `/observar`.
import { el } from '../dom.js';
import { t } from '../texts.js';
import { bytes, milliseconds, number, percent } from './format.js';
import { Plot } from './plot.js';

const HOUR = 3600;
const PLOTS = [
  { key: 'connections', columns: ['connections', 'sessions'], format: number },
  { key: 'messages', columns: ['messages'], format: number },
  { key: 'deliveries', columns: ['deliveries'], format: number },
  { key: 'commit', columns: ['commit_p50', 'commit_p99'], format: milliseconds },
  { key: 'delivery', columns: ['delivery_p50', 'delivery_p99'], format: milliseconds },
  { key: 'outbox', columns: ['outbox'], format: bytes },
  { key: 'slow', columns: ['slow'], format: number },
  { key: 'processor', columns: ['cores'], format: percent },
  { key: 'memory', columns: ['memory', 'heap'], format: bytes },
  { key: 'paused', columns: ['paused'], format: milliseconds },
  { key: 'collections', columns: ['collections'], format: number },
  { key: 'disk', columns: ['disk'], format: bytes },
];

customElements.define('admin-load', class extends HTMLElement {
  points = [];
  every = 5;

  connectedCallback() {
    this.plots = PLOTS.map((plot) => new Plot(plot));
    this.message = el('p.hint', { role: 'status' }, t('load.waiting'));
    this.grid = el('div.plots', { hidden: true }, this.plots.map(({ figure }) => figure));
    this.replaceChildren(el('h2', {}, t('view.load')), this.message, this.grid);
    this.refresh();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async refresh() {
    await this.fetch();
    if (!this.isConnected) return;
    this.timer = setTimeout(() => this.refresh(), this.every * 1000);
    const last = this.points.at(-1);
    if (!last) return;
    this.points = this.points.filter(({ at }) => at > last.at - HOUR);
    this.message.hidden = true;
    this.grid.hidden = false;
    for (const plot of this.plots) plot.draw(this.points);
  }

  /** What is new since the last time. The numbers begin anew with the daemon. */
  async fetch() {
    for (;;) {
      const since = this.points.at(-1)?.number ?? 0;
      const { type, text, data } = await this.commands.run('observar', { desde: since });
      if (type !== 'reply') {
        this.message.hidden = false;
        this.message.textContent = text || t('admin.offline');
        return;
      }
      this.every = data.every;
      const points = data.rows.map((row) => Object.fromEntries(data.columns.map((column, index) => [column, row[index]])));
      this.points.push(...points);
      if (points.length === 0 && since > 0) await this.checkStart(since);
      if (!data.more) return;
    }
  }

  async checkStart(since) {
    const { data } = await this.commands.run('observar');
    const newest = data?.rows[0]?.[data.columns.indexOf('number')] ?? 0;
    if (newest < since) this.points = [];
  }
});
