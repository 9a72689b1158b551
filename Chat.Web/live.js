// What others do: marks, typing, members, notices.
import { keyOfRoom } from './conversation.js';

export function readElsewhere(client, { room, with: user, seq }) {
  const conversation = client.of({ room, user });
  conversation.read = Math.max(conversation.read, seq);
  if (seq >= conversation.seq) Object.assign(conversation, { unread: 0, mentions: 0 });
  else conversation.unread = Math.min(conversation.unread, conversation.seq - seq);
  client.tell('rooms');
}

export function typing(client, { room, with: user, users }) {
  const conversation = client.of({ room, user });
  conversation.typing = users.filter((name) => name !== client.user);
  clearTimeout(conversation.typingTimer);
  conversation.typingTimer = setTimeout(() => typing(client, { room, with: user, users: [] }), 7000);
  client.tell('typing', { key: conversation.key });
}

export async function listMembers(client, conversation) {
  const members = new Map();
  conversation.members = members;
  for (let after; ;) {
    const page = await client.ask({ type: 'members', room: conversation.room, ...(after && { after }) });
    if (page.type !== 'members' || conversation.members !== members) break;
    for (const member of page.members) members.set(member.user, member.roles);
    after = page.members.at(-1)?.user;
    if (!page.more || members.size >= 10_000) break;
  }
  client.tell('members');
}

export function presence(client, { room, joined = [], left = [] }) {
  const { members } = client.of({ room });
  if (!members) return;
  for (const user of left) members.delete(user);
  for (const user of joined) if (!members.has(user)) members.set(user, []);
  client.tell('members');
}

/** Of a room that the user is no longer in, it is shown in the open conversation. */
export function notice(client, { room, text }) {
  const conversation = (room !== undefined && client.conversations.get(keyOfRoom(room))) || client.current;
  conversation?.note({ text, at: new Date().toISOString(), after: conversation.seq, isNotice: true });
  if (conversation) client.tell('messages', { key: conversation.key });
}
