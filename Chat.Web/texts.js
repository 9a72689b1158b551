// The page's texts, in the language that the user has chosen, or else the browser's.

const chosen = localStorage.getItem('chat.language');
export const language = chosen ?? (navigator.language.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en');
const texts = await (await fetch(`/Texts.${language === 'pt-BR' ? 'pt-BR' : 'en'}.json`)).json();
document.documentElement.lang = language;

/** The text of a key, with `{0}`, `{1}` replaced. */
export const t = (key, ...values) => (texts[key] ?? key).replace(/\{(\d)\}/g, (_, index) => values[index]);

export function choose(next) {
  localStorage.setItem('chat.language', next);
  location.reload();
}

const times = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
const days = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const moments = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'medium' });

export const timeOf = (at) => times.format(new Date(at));
export const dayOf = (at) => days.format(new Date(at));
export const momentOf = (at) => moments.format(new Date(at));
