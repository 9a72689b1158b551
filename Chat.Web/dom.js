// Elements without HTML in strings: what users wrote only ever becomes text nodes.

/** @param {string} what A tag, perhaps with classes: `div.note.error`. @param {object} properties `on…` are listeners. */
export function el(what, properties = {}, ...children) {
  const [tag, ...classes] = what.split('.');
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(' ');
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name in node && !name.includes('-')) node[name] = value;
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const PATHS = {
  menu: 'M4 7h16M4 12h16M4 17h16',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20',
  members: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-4 3-6 6.5-6s6.1 2 6.5 6'
    + 'M16 4.5a3.5 3.5 0 0 1 0 6.3M18 14.5c2 .8 3.2 2.6 3.5 5.5',
  send: 'M4 12 20 4l-5 16-3.5-6.500L4 12z',
  react: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14c1.8 2.6 5.2 2.6 7 0M9 9.500v.5M15 9.500v.5',
  reply: 'M10 6 4 12l6 6M4 12h10c4 0 6 2 6 6',
  edit: 'M4 20l1-4L16 5l3 3L8 19l-4 1z',
  delete: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  close: 'M6 6l12 12M18 6 6 18',
  add: 'M12 5v14M5 12h14',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
};

/** A picture for a button, which needs a label of its own. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** A name, isolated: marks of direction in it turn nothing around it. */
export const nameOf = (name) => el('bdi', {}, name);

/** Runs at most once a frame, however often it is asked for. A hidden tab has no frames. */
export function coalesced(action) {
  let waits = false;
  const run = () => {
    waits = false;
    action();
  };
  return () => {
    if (waits) return;
    waits = true;
    if (document.hidden) setTimeout(run, 200);
    else requestAnimationFrame(run);
  };
}

/** Says it to a screen reader. */
export function announce(text) {
  document.getElementById('announcer').textContent = text;
}

export const randomName = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
