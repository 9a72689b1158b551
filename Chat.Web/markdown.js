// A small safe subset of Markdown, as nodes: code, bold, italic, links. Anything else stays as it was written.
import { el } from './dom.js';

/** Formatted parts of a text; the rest stays plain, because a thousand of them would be slow to draw. */
const MOST = 100;
const BLOCK = /(?<!`)```(?!`)(?:[\w+-]*\n)?([\s\S]+?)```/g;
const INLINE = new RegExp([
  /`([^`\n]+)`/, /\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*/, /\*(?=\S)([^*\n]+?)(?<=\S)\*/, /(https?:\/\/[^\s<>"'`]+)/,
  /((?<=^|\s)@[\p{L}\p{M}\p{N}._-]+)/u,
].map(({ source }) => source).join('|'), 'gu');

/** @param {string[]} mentions Names that the daemon has found in the text. @param {string} me */
export function render(text, mentions = [], me = '') {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(BLOCK)) {
    if (nodes.length > MOST) break;
    nodes.push(...inline(text.slice(end, match.index), mentions, me));
    nodes.push(el('pre', {}, el('code', {}, match[1].replace(/\n$/, ''))));
    end = match.index + match[0].length;
  }
  return [...nodes, ...inline(text.slice(end), mentions, me)];
}

function inline(text, mentions, me) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    if (nodes.length > MOST) break;
    if (match.index > end) nodes.push(text.slice(end, match.index));
    const [whole, code, bold, italic, link, name] = match;
    if (code) nodes.push(el('code', {}, code));
    else if (bold) nodes.push(el('strong', {}, ...inline(bold, mentions, me)));
    else if (italic) nodes.push(el('em', {}, ...inline(italic, mentions, me)));
    else if (link) nodes.push(...linkTo(link));
    else nodes.push(mention(name, mentions, me));
    end = match.index + whole.length;
  }
  if (end < text.length) nodes.push(text.slice(end));
  return nodes;
}

/** Without the punctuation at its end. A regular expression would need a second for a text of nothing else. */
function trimmed(text, signs) {
  let end = text.length;
  while (end > 0 && signs.includes(text[end - 1])) end--;
  return text.slice(0, end);
}

/** Only http and https, with the address as its text. Signs that end a sentence are not part of it. */
function linkTo(text) {
  const address = trimmed(text, '.,;:!?)]}');
  const rest = text.slice(address.length);
  if (!URL.canParse(address)) return [text];
  const link = el('a', { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' }, address);
  return rest ? [link, rest] : [link];
}

function mention(text, mentions, me) {
  const written = trimmed(text.slice(1), '._-');
  const found = mentions.find((name) => name.localeCompare(written, undefined, { sensitivity: 'accent' }) === 0);
  if (!found) return text;
  return el(found === me ? 'mark.mention.me' : 'mark.mention', {}, el('bdi', {}, text));
}
