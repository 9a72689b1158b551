// The administrator's page: how the daemon is doing, and orders to it. All that it shows and does is a command that one could type.
import { Client } from '../client.js';
import { el, nameOf } from '../dom.js';
import '../login.js';
import { menuOf } from '../menu.js';
import { addTexts, t } from '../texts.js';
import { applyTheme } from '../theme.js';
import { Commands } from './commands.js';
import './load.js';
import './lists.js';
import en from './Texts.en.json' with { type: 'json' };
import pt from './Texts.pt-BR.json' with { type: 'json' };
import { VIEWS, viewNamed } from './views.js';

addTexts(en, pt);

const client = new Client();
const commands = new Commands(client);
const app = document.getElementById('app');
let shown = ''; // what the page shows: login, refused, or the views

applyTheme();
document.title = t('admin.title');

function show(what, ...content) {
  shown = what;
  app.replaceChildren(...content);
}

function showLogin() {
  const login = el('chat-login');
  login.client = client;
  show('login', login);
}

function showRefused() {
  show('refused', el(
    'main.refused', {}, el('h1', {}, t('admin.title')), el('p', { dir: 'auto' }, t('admin.refused', client.user)),
    el('p', {},
      el('button', { type: 'button', onclick: () => client.logout() }, t('logout')), ' ', el('a', { href: '/' }, t('admin.toChat')))));
}

function showViews() {
  const state = el('p.state', { role: 'status', hidden: true });
  const nav = el('nav', { 'aria-label': t('admin.views') },
    VIEWS.map(({ id }) => el('a', { href: `#/${id}` }, t(`view.${id}`))));
  const main = el('main', { id: 'view', tabIndex: 0 }); // it scrolls
  show(
    'views',
    el('a.skip', { href: '#view', onclick: (event) => { event.preventDefault(); main.focus(); } }, t('admin.skip')),
    el('header.bar', {}, el('h1', {}, t('admin.title')), el('span.who', {}, nameOf(client.user)),
      el('a', { href: '/' }, t('admin.toChat')), menuOf(client)),
    nav, state, main);
  showView();
}

function showView() {
  if (shown !== 'views') return;
  const { view, argument } = viewNamed(location.hash);
  for (const link of app.querySelectorAll('nav a')) {
    if (link.getAttribute('href') === `#/${view.id}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const part = document.createElement(view.tag);
  Object.assign(part, { commands, view, argument });
  const main = document.getElementById('view');
  main.replaceChildren(part);
  main.scrollTop = 0;
}

async function refresh() {
  if (client.state === 'out') return showLogin();
  if (client.state !== 'in') {
    const state = app.querySelector('.state');
    if (state) Object.assign(state, { hidden: false, textContent: t('admin.offline') });
    return undefined;
  }
  if (!await commands.load()) return undefined;
  if (!commands.find('observar')) return showRefused();
  if (shown !== 'views') return showViews();
  app.querySelector('.state').hidden = true;
  commands.changed();
  return undefined;
}

client.addEventListener('state', refresh);
client.addEventListener('commands', refresh);
addEventListener('hashchange', showView);
app.replaceChildren(el('p.loading', {}, t('connecting')));
client.start();
