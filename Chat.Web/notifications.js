// The count in the title, and notifications for mentions and direct messages while the page is hidden.
import { coalesced } from './dom.js';
import { t } from './texts.js';

export const mayAsk = () => 'Notification' in window && Notification.permission === 'default';

export const askToNotify = () => Notification.requestPermission();

export function startNotifications(client) {
  const count = coalesced(() => {
    let important = 0;
    let others = 0;
    for (const { room, unread, mentions } of client.conversations.values()) {
      important += room === undefined ? unread : mentions;
      others += unread;
    }
    const sign = important > 0 ? `(${important}) ` : others > 0 ? '• ' : '';
    document.title = `${sign}${client.current ? `${client.current.title} · ` : ''}Chat`;
  });
  client.addEventListener('rooms', count);
  client.addEventListener('state', count);
  client.addEventListener('arrived', ({ detail: { conversation, message, isMention } }) => {
    if (!isMention && conversation.room !== undefined) return;
    if (document.hasFocus() || !('Notification' in window) || Notification.permission !== 'granted') return;
    const title = conversation.room === undefined ? message.from : t('mentionedIn', message.from, conversation.title);
    const notification = new Notification(title, { body: message.text.slice(0, 200), tag: conversation.key, icon: '/icon.svg' });
    notification.addEventListener('click', () => {
      window.focus();
      client.open(conversation);
      notification.close();
    });
  });
}
