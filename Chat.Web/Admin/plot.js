// A plot of one or two series over time, in SVG.
import { el } from '../dom.js';
import { t, timeOf } from '../texts.js';

const [WIDTH, HEIGHT] = [600, 120];
const SVG = 'http://www.w3.org/2000/svg';

export class Plot {
  /** @param {{key: string, columns: string[], format: Function}} what */
  constructor({ key, columns, format }) {
    Object.assign(this, { key, columns, format, points: [] });
    this.values = el('strong', {});
    this.when = el('span.when', {});
    this.svg = document.createElementNS(SVG, 'svg');
    this.svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    this.svg.setAttribute('preserveAspectRatio', 'none');
    this.svg.setAttribute('role', 'img');
    this.top = el('span.top', { 'aria-hidden': 'true' });
    this.start = el('time.from', { 'aria-hidden': 'true' });
    this.end = el('time.to', { 'aria-hidden': 'true' });
    const area = el(
      'div.area', { onpointermove: (event) => this.look(event), onpointerleave: () => this.tell(this.points.at(-1)) },
      this.svg, this.top, this.start, this.end);
    this.figure = el('figure.plot', {}, el('figcaption', {}, el('span', {}, t(`load.${key}`)), this.values, this.when), area);
  }

  /** @param {object[]} points By name of column, oldest first. */
  draw(points) {
    this.points = points;
    const [first, last] = [points[0], points.at(-1)];
    const from = Math.max(last.at - 3600, Math.min(first.at, last.at - 300));
    const highest = Math.max(...points.flatMap((point) => this.columns.map((column) => point[column] ?? 0)));
    const scale = niceAbove(highest);
    this.x = (point) => ((point.at - from) / (last.at - from)) * WIDTH;
    const y = (value) => HEIGHT - 2 - (value / scale) * (HEIGHT - 8);
    this.svg.replaceChildren(
      ...[0.5, 1].map((part) => line('grid', `M0 ${y(scale * part)}H${WIDTH}`)),
      ...this.columns.map((column, index) => line(`series${index}`, this.path(column, y))));
    this.svg.setAttribute('aria-label', this.summary(last, highest));
    this.top.textContent = this.format(scale);
    this.start.textContent = timeOf(from * 1000);
    this.end.textContent = timeOf(last.at * 1000);
    if (!this.isLooking) this.tell(last);
  }

  /** With a gap wherever there was nothing to measure. */
  path(column, y) {
    let path = '';
    let isDown = false;
    for (const point of this.points) {
      const value = point[column];
      if (value === null) isDown = false;
      else {
        const at = `${this.x(point).toFixed(1)} ${y(value).toFixed(1)}`;
        path += isDown ? `L${at}` : `M${at}h1`;
        isDown = true;
      }
    }
    return path;
  }

  look(event) {
    const { left, width } = this.svg.getBoundingClientRect();
    const at = ((event.clientX - left) / width) * WIDTH;
    this.isLooking = true;
    this.tell(this.points.reduce((best, point) => (Math.abs(this.x(point) - at) < Math.abs(this.x(best) - at) ? point : best)));
  }

  tell(point) {
    if (!point) return;
    this.isLooking = this.isLooking && point !== this.points.at(-1);
    this.values.replaceChildren(...this.columns.flatMap((column, index) => [
      index > 0 && ' · ',
      this.columns.length > 1 && el(`span.key${index}`, {}, t(`series.${column}`), ' '),
      point[column] === null ? '—' : this.format(point[column]),
    ]).filter(Boolean));
    this.when.textContent = this.isLooking ? timeOf(point.at * 1000) : '';
  }

  summary(last, highest) {
    const now = this.columns.map((column) => (last[column] === null ? '—' : this.format(last[column]))).join(', ');
    return t('load.summary', t(`load.${this.key}`), now, this.format(highest));
  }
}

function line(name, d) {
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('class', name);
  path.setAttribute('d', d);
  return path;
}

/** 1, 2 or 5 times a power of ten, so that no line runs through the label at the top. */
function niceAbove(value) {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].find((step) => step * power > value) * power;
}
