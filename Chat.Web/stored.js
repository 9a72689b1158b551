// What a tab keeps: whose session it is, and what was not sent. An account's key is a cookie that no script can read.
import { randomName } from './dom.js';

const SESSION = 'chat.session';
const PENDING = 'chat.pending';
const HINT = 'chat.account'; // whether it is worth trying the cookie

export const newTab = () => randomName();

/** The session of this tab; in a new tab of an account, one of its own. Null if there is nothing to try. */
export async function session() {
  const own = JSON.parse(sessionStorage.getItem(SESSION) ?? 'null');
  if (own && await isOnlyTab(own)) return own;
  if (own) sessionStorage.removeItem(PENDING); // a duplicated tab: the other one goes on with that session
  if (own) sessionStorage.removeItem(SESSION);
  return localStorage.getItem(HINT) ? { kind: 'account', user: localStorage.getItem(HINT) } : null;
}

export function keep(session) {
  session.tab ??= newTab();
  hold(session.tab);
  if (session.kind === 'memory') return;
  sessionStorage.setItem(SESSION, JSON.stringify(session));
  if (session.kind === 'account') localStorage.setItem(HINT, session.user);
}

export function forget(session) {
  sessionStorage.removeItem(SESSION);
  sessionStorage.removeItem(PENDING);
  if (session?.kind === 'account') localStorage.removeItem(HINT);
}

export const pending = () => JSON.parse(sessionStorage.getItem(PENDING) ?? '[]');

export function keepPending(lists) {
  if (lists.length > 0) sessionStorage.setItem(PENDING, JSON.stringify(lists));
  else sessionStorage.removeItem(PENDING);
}

export const draft = (key) => sessionStorage.getItem(`chat.draft ${key}`) ?? '';

export function keepDraft(key, text) {
  if (text) sessionStorage.setItem(`chat.draft ${key}`, text);
  else sessionStorage.removeItem(`chat.draft ${key}`);
}

/** A tab holds a lock by the name of its session for as long as it lives. A page that is loaded again may find its own for a moment. */
async function isOnlyTab({ tab }) {
  if (!navigator.locks || !tab) return true;
  return hold(tab, AbortSignal.timeout(800));
}

const held = new Set();

function hold(tab, signal) {
  if (!navigator.locks || held.has(tab)) return Promise.resolve(true);
  held.add(tab);
  return new Promise((settle) => {
    navigator.locks.request(`chat ${tab}`, { signal }, () => {
      settle(true);
      return new Promise(() => {}); // until the tab is closed
    }).catch(() => {
      held.delete(tab);
      settle(false);
    });
  });
}
