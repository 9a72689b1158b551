// Name and perhaps a password: a guest, an account, or a new account.
import { el } from './dom.js';
import { choose, language, t } from './texts.js';

const INVITATION = /^#\/invite\/([\w-]+)$/;

customElements.define('chat-login', class extends HTMLElement {
  connectedCallback() {
    const [, invitation] = INVITATION.exec(location.hash) ?? [];
    this.role = 'main';
    this.mode = invitation ? 'register' : 'enter';
    this.invitation = invitation ?? '';
    this.draw();
  }

  draw(error = this.endedBecause()) {
    const isNew = this.mode === 'register';
    const name = field(t('name'), { name: 'user', autocomplete: 'username', maxLength: 64, required: true, autocapitalize: 'off' });
    const password = field(isNew ? t('password') : t('passwordOptional'), {
      name: 'password', type: 'password', autocomplete: isNew ? 'new-password' : 'current-password', required: isNew,
    });
    const code = field(t('invitation'), { name: 'invitation', value: this.invitation, autocomplete: 'off' });
    this.form = el(
      'form', { onsubmit: (event) => this.submit(event), 'aria-describedby': 'login-error' },
      el('h1', {}, 'Chat'),
      el('p.hint', {}, t(isNew ? 'registerHint' : 'guestHint')),
      name, password, isNew && code,
      el('p.error', { id: 'login-error', role: 'alert', dir: 'auto' }, error),
      el('button.primary', { type: 'submit' }, t(isNew ? 'register' : 'enter')),
      el('button.link', { type: 'button', onclick: () => this.turn() }, t(isNew ? 'haveAccount' : 'newAccount')),
    );
    const other = language === 'en' ? ['pt-BR', 'Português'] : ['en', 'English'];
    this.replaceChildren(
      this.form, el('button.link', { type: 'button', lang: other[0], onclick: () => choose(other[0]) }, other[1]));
    this.querySelector('input').focus();
  }

  turn() {
    this.mode = this.mode === 'enter' ? 'register' : 'enter';
    this.draw('');
  }

  endedBecause() {
    const { ended } = this.client;
    return ended && ended !== 'logout' ? t(`bye.${ended}`) : '';
  }

  async submit(event) {
    event.preventDefault();
    const { user, password, invitation } = Object.fromEntries(new FormData(this.form));
    const button = this.form.querySelector('.primary');
    button.disabled = true;
    const name = user.trim();
    let refusal;
    if (this.mode === 'register') refusal = await this.client.register(name, password, invitation.trim());
    else if (password) refusal = await this.client.loginWithPassword(name, password);
    else refusal = await this.client.loginAsGuest(name);
    if (this.mode === 'register' && !refusal) history.replaceState(null, '', '/');
    if (!refusal) return;
    // The state has drawn another form meanwhile.
    const form = document.querySelector('chat-login');
    if (!form) return;
    form.mode = this.mode;
    form.invitation = invitation ?? '';
    form.draw(refusal.code === 'lost' ? t('unreachable') : refusal.text || refusal.code);
    form.querySelector('[name=user]').value = user;
    form.querySelector(refusal.code === 'password_required' || refusal.code === 'wrong_password' ? '[name=password]' : '[name=user]')
      .focus();
  }
});

function field(label, properties) {
  return el('label', {}, el('span', {}, label), el('input', properties));
}
