// What each view lists, by which command, and which orders it offers.
import { nameOf } from '../dom.js';
import { t } from '../texts.js';
import { milliseconds, moment, number, timeLeft } from './format.js';

const name = (value) => nameOf(value ?? '');
const word = (kind) => (value) => t(`${kind}.${value}`);
const text = (value) => name(value);
const order = (command, values, room) => ({ command, values, room });

const STOPPED = new Set(['disabled', 'quarantined']);

const PLUGINS = {
  key: 'plugins',
  command: 'plugins',
  columns: [
    ['id', name], ['version', text], ['state', word('state')], ['invocations', number], ['failures', number],
    ['milliseconds', milliseconds],
    ['generations', (_, row) => t('admin.generations', row.collected, row.leaked)], ['note', text],
  ],
  orders: ({ id, state }) => [
    order('plugins recarregar', [id]), order(STOPPED.has(state) ? 'plugins ativar' : 'plugins desativar', [id]),
    order('plugins reverter', [id]),
  ],
};

const HOOKS = {
  key: 'hooks',
  command: 'plugins filtros',
  columns: [
    ['plugin', name], ['hook', text], ['filter', (isFilter) => t(isFilter ? 'hook.filter' : 'hook.handler')],
    ['milliseconds', milliseconds], ['calls', (calls) => Object.entries(calls).map(([how, count]) => `${how} ${number(count)}`).join(', ')],
    ['waiting', number],
  ],
};

const SWAPS = {
  key: 'swaps',
  command: 'plugins trocas',
  columns: [
    ['at', moment], ['plugin', name], ['outcome', word('swap')], ['before', text], ['after', text], ['milliseconds', milliseconds],
    ['reason', text],
  ],
};

const ROOMS = {
  key: 'rooms',
  command: 'salas',
  search: 'texto',
  columns: [
    ['room', name], ['topic', text], ['members', number], ['private', (isPrivate) => t(isPrivate ? 'admin.yes' : 'admin.no')],
  ],
  links: ({ room }) => [[`#/members/${encodeURIComponent(room)}`, t('view.members')]],
  orders: ({ room }) => [order('sala apagar', [room])],
};

const MEMBERS = {
  key: 'members',
  command: 'quem',
  argument: 'sala',
  columns: [['user', name], ['role', word('role')]],
  orders: ({ user }, room) => [
    order('kick', [user], room), order('mute', [user], room), order('falar', [user], room), order('apagar de', [user], room),
    order('ban', [user]),
  ],
};

const USERS = {
  key: 'users',
  command: 'observar usuarios',
  search: 'texto',
  columns: [['user', name], ['role', word('role')], ['connections', number]],
  general: [order('conta convidar', []), order('conta criar', [])],
  orders: ({ user, role }) => [
    ...(role === 'guest' ? [] : [order('papel', [user]), order('sessoes de', [user]), order('sessoes revogar', [user])]),
    order('ban', [user]),
  ],
};

const BANS = {
  key: 'bans',
  command: 'bans',
  columns: [['target', name], ['network', text], ['seconds_left', timeLeft], ['reason', text], ['by', name]],
  general: [order('ban', []), order('ban rede', [])],
  orders: ({ target }) => [order('desbanir', [target])],
};

const MUTES = {
  key: 'mutes',
  command: 'mutes',
  fixed: { todas: true },
  columns: [
    ['user', name], ['room', (room) => (room === null ? t('admin.everywhere') : name(room))], ['seconds_left', timeLeft], ['reason', text],
    ['by', name],
  ],
  orders: ({ user, room }) => [order('falar', [user, room === null], room ?? undefined)],
};

const AUDIT = {
  key: 'audit',
  command: 'auditoria',
  search: 'usuário',
  fixed: { quantos: 200 },
  columns: [
    ['at', moment], ['caller', name], ['command', (command) => `/${command}`], ['place', text],
    ['arguments', (given) => name(Object.entries(given).map(([key, value]) => `${key}=${value}`).join(' '))], ['outcome', text],
    ['milliseconds', milliseconds],
  ],
};

const SETTINGS = {
  key: 'settings',
  command: 'observar ajustes',
  filter: true,
  columns: [['setting', text], ['value', text], ['source', text]],
};

export const VIEWS = [
  { id: 'load', tag: 'admin-load' },
  { id: 'plugins', lists: [PLUGINS, HOOKS, SWAPS] },
  { id: 'rooms', lists: [ROOMS] },
  { id: 'users', lists: [USERS] },
  { id: 'bans', lists: [BANS, MUTES] },
  { id: 'audit', lists: [AUDIT] },
  { id: 'settings', lists: [SETTINGS] },
].map((view) => ({ tag: 'admin-lists', ...view }));

const OF_ROOM = { id: 'rooms', tag: 'admin-lists', lists: [MEMBERS] };

/** @param {string} hash `#/rooms`, or `#/members/` and a room. */
export function viewNamed(hash) {
  const [, id, argument] = hash.split('/');
  if (id === 'members' && argument) return { view: OF_ROOM, argument: decoded(argument) };
  return { view: VIEWS.find((view) => view.id === id) ?? VIEWS[0] };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
