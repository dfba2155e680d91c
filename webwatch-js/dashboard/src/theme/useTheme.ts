import { useSyncExternalStore } from 'react';
import { onThemeChange, theme, themeChoice, type Theme, type ThemeChoice } from './theme';

export function useTheme(): Theme {
  return useSyncExternalStore(onThemeChange, theme);
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(onThemeChange, themeChoice);
}
