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
