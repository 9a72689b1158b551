// The page's texts, in the language that the user has chosen, or else the browser's.

const chosen = localStorage.getItem('chat.language');
export const language = chosen ?? (navigator.language.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en');
const read = async (folder) => (await fetch(`${folder}/Texts.${language === 'pt-BR' ? 'pt-BR' : 'en'}.json`)).json();
const texts = await read('');
document.documentElement.lang = language;

/** The text of a key, with `{0}`, `{1}` replaced. */
export const t = (key, ...values) => (texts[key] ?? key).replace(/\{(\d)\}/g, (_, index) => values[index]);

/** Also the texts of another page. */
export const addTexts = async (folder) => Object.assign(texts, await read(folder));

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
