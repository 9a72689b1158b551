// Light or dark: by the system, unless the user has chosen.
const KEY = 'chat.theme';

export const theme = () => localStorage.getItem(KEY) ?? 'system';

export function applyTheme(next = theme()) {
  if (next === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, next);
  if (next === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
}
