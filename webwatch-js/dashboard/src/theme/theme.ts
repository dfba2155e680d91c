export type ThemeChoice = 'system' | 'light' | 'dark';
export type Theme = 'light' | 'dark';

const STORAGE_KEY = 'webwatch.theme';
const systemDark = () => window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

let choice: ThemeChoice = 'system';

/** Applies the stored theme and follows the system setting. Call it once, before the application is rendered. */
export function startTheme(): void {
  choice = stored();
  systemDark().addEventListener('change', apply);
  apply();
}

export function themeChoice(): ThemeChoice {
  return choice;
}

export function theme(): Theme {
  if (choice !== 'system') {
    return choice;
  }
  return systemDark().matches ? 'dark' : 'light';
}

export function chooseTheme(next: ThemeChoice): void {
  choice = next;
  try {
    localStorage.setItem(STORAGE_KEY, next);
  } catch {
    // Storage is blocked, so the choice lasts until the page is closed.
  }
  apply();
}

export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function apply(): void {
  document.documentElement.dataset.bsTheme = theme();
  for (const listener of listeners) {
    listener();
  }
}

function stored(): ThemeChoice {
  try {
    const value = localStorage.getItem(STORAGE_KEY);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}
