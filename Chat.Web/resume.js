// What a login and a join tell: from where everything comes live, and what happened before (docs/protocol.md, `welcome` and `joined`).
import { keyOfRoom } from './conversation.js';
import { listMembers } from './live.js';

export function welcomed(client, welcome) {
  for (const entry of welcome.direct) {
    const direct = client.of({ user: entry.user });
    if (direct.isReset(entry)) Object.assign(direct, { seq: 0, rev: 0, read: 0, pending: direct.pending.filter(isMessage) });
    const isStale = entry.seq > direct.seq || entry.rev > direct.rev || entry.log !== direct.log;
    if (isStale) direct.forget();
    Object.assign(direct, { log: entry.log, rev: entry.rev, seq: entry.seq });
    count(client, direct, entry);
  }
  const listed = new Set((welcome.unread ?? []).map((entry) => keyOfRoom(entry.room)));
  for (const conversation of [...client.conversations.values()]) {
    if (conversation.room === undefined || !client.wasIn) continue;
    if (client.isAccount && !listed.has(conversation.key)) client.drop(conversation, 'elsewhere');
    else rejoin(client, conversation);
  }
  if (!client.wasIn) client.outbox.restore();
  for (const entry of welcome.unread ?? []) count(client, client.of({ room: entry.room }), entry);
  for (const room of welcome.rooms) client.of({ room }); // before their `joined`: one of them was open in this tab
  for (const conversation of client.conversations.values()) {
    conversation.members = null;
    for (const item of conversation.pending) item.isSent = false;
  }
  const { current } = client;
  if (current && !current.isLoaded) client.load(current);
  if (current?.room !== undefined) listMembers(client, current);
}

function count(client, conversation, { seq, first, read, mentions }) {
  if (!conversation.log) conversation.seq = Math.max(conversation.seq, seq);
  if (!client.isAccount) return;
  Object.assign(conversation, { read, mentions, unread: Math.max(0, seq - Math.max(read, first - 1)) });
}

/** Asks for what has happened since, also where nothing was lost: the topic comes only with the answer. */
export async function rejoin(client, conversation) {
  const known = { after: conversation.seq, rev: conversation.rev };
  const answer = await client.ask({ type: 'join', room: conversation.room, ...known });
  if (answer.type === 'error' && answer.code !== 'lost') client.drop(conversation, answer.code);
}

export function joined(client, frame) {
  const conversation = client.of({ room: frame.room });
  if (conversation.isReset(frame)) {
    conversation.forget();
    Object.assign(conversation, { seq: 0, rev: 0, read: 0, pending: conversation.pending.filter(isMessage) });
  }
  const since = conversation.seq;
  for (const message of frame.messages) client.receive(conversation, message, true);
  if (client.isAccount) conversation.unread = Math.max(0, frame.seq - Math.max(conversation.read, frame.first - 1));
  for (const message of frame.changed ?? []) conversation.refresh(message);
  // Too much has happened to be listed: what is shown is fetched anew. Nothing is lost, because history has it all.
  if (frame.more || frame.more_changes || (frame.seq > since && frame.messages.length === 0)) conversation.forget();
  Object.assign(conversation, {
    log: frame.log, rev: Math.max(conversation.rev, frame.rev), seq: Math.max(conversation.seq, frame.seq), topic: frame.topic ?? '',
  });
  if (conversation === client.current && !conversation.isLoaded) client.load(conversation);
  client.keepRooms();
  client.tell('messages', { key: conversation.key });
  client.tell('rooms');
}

const isMessage = ({ frame }) => frame.type === 'message';
