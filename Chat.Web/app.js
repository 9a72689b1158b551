// The page: a login, or the conversations beside the one that is open.
import { Client } from './client.js';
import { coalesced, el, icon } from './dom.js';
import './composer.js';
import './log.js';
import './login.js';
import './panel.js';
import './rooms.js';
import { startKeys } from './keys.js';
import { startNotifications } from './notifications.js';
import { t } from './texts.js';
import { applyTheme } from './theme.js';

const client = new Client();
const app = document.getElementById('app');
let isShown = false;

applyTheme();

function showLogin() {
  isShown = false;
  const login = el('chat-login');
  login.client = client;
  app.replaceChildren(login);
}

function showChat() {
  if (isShown) return;
  isShown = true;
  const [rooms, log, composer, panel] = ['chat-rooms', 'chat-log', 'chat-composer', 'chat-panel'].map((tag) => {
    const part = document.createElement(tag);
    part.client = client;
    return part;
  });
  const state = el('p.state', { role: 'status', hidden: true });
  const topic = el('p.topic', { dir: 'auto' });
  const title = el('h1', { dir: 'auto' });
  const head = el(
    'header.head', {},
    el('button.icon.only-narrow', { type: 'button', 'aria-label': t('rooms'), onclick: () => showRooms(true) }, icon('menu')),
    el('div.titles', {}, title, topic),
    ...['search', 'members'].map((view) => el(
      'button.icon', { type: 'button', 'aria-label': t(view), title: t(view), onclick: () => panel.show(view) }, icon(view))),
  );
  app.replaceChildren(
    el('div.frame', {}, rooms, el('main', {}, head, state, log, composer), panel,
      el('div.veil', { onclick: () => showRooms(false) })),
  );
  let drawn = null;
  const refresh = coalesced(() => {
    const { current } = client;
    if (current !== drawn) title.replaceChildren(current ? el('bdi', {}, current.title) : '');
    if (topic.textContent !== (current?.topic ?? '')) topic.textContent = current?.topic ?? '';
    drawn = current;
    state.hidden = client.state === 'in';
    state.textContent = t(client.state === 'connecting' ? 'connecting' : 'offline');
    if (!current && client.state === 'in') openFirst();
  });
  for (const event of ['state', 'rooms', 'messages', 'left']) client.addEventListener(event, refresh);
  client.addEventListener('opened', () => showRooms(false));
  refresh();
}

function showRooms(isOpen) {
  app.classList.toggle('shows-rooms', isOpen);
  if (isOpen) app.querySelector('chat-rooms button')?.focus();
}

/** What was open in this tab, or the first conversation. */
function openFirst() {
  const last = sessionStorage.getItem('chat.open');
  const [first] = client.conversations.values();
  const next = client.conversations.get(last) ?? first;
  if (next) client.open(next);
}

client.addEventListener('state', () => (client.state === 'out' ? showLogin() : client.user && showChat()));
startKeys(client, showRooms);
startNotifications(client);
app.replaceChildren(el('p.loading', {}, t('connecting')));
client.start();
