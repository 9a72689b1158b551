// The page's texts, in the language that the user has chosen, or else the browser's.
import en from './Texts.en.json' with { type: 'json' };
import pt from './Texts.pt-BR.json' with { type: 'json' };

const chosen = localStorage.getItem('chat.language');
export const language = chosen ?? (navigator.language.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en');
const texts = { ...(language === 'pt-BR' ? pt : en) };
document.documentElement.lang = language;

/** The text of a key, with `{0}`, `{1}` replaced. */
export const t = (key, ...values) => (texts[key] ?? key).replace(/\{(\d)\}/g, (_, index) => values[index]);

/** The same with nodes for values: a name stays isolated from the sentence around it. */
export const parts = (key, ...nodes) => (texts[key] ?? key).split(/\{(\d)\}/).map((part, index) => (index % 2 ? nodes[part] : part));

/** Also the texts of another page, in both languages. */
export const addTexts = (english, portuguese) => Object.assign(texts, language === 'pt-BR' ? portuguese : english);

export function choose(next) {
  localStorage.setItem('chat.language', next);
  location.reload();
}

/** Made when it is first needed: it takes milliseconds. */
function formatter(options) {
  let format;
  return (at) => (format ??= new Intl.DateTimeFormat(language, options)).format(new Date(at));
}

const day = formatter({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
let [minute, dayThen] = ['', ''];

export const timeOf = formatter({ hour: '2-digit', minute: '2-digit' });
export const momentOf = formatter({ dateStyle: 'full', timeStyle: 'medium' });

/** Asked for each message that is shown: most are of the same minute as the one before. */
export function dayOf(at) {
  if (at.slice(0, 16) !== minute) [minute, dayThen] = [at.slice(0, 16), day(at)];
  return dayThen;
}
