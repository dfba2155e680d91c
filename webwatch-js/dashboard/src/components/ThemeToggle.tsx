import Button from 'react-bootstrap/Button';
import { chooseTheme, type ThemeChoice } from '../theme/theme';
import { useThemeChoice } from '../theme/useTheme';
import { Icon, type IconName } from './Icon';

const CHOICES: Record<ThemeChoice, { icon: IconName; words: string; next: ThemeChoice }> = {
  system: { icon: 'screen', words: 'system', next: 'light' },
  light: { icon: 'sun', words: 'light', next: 'dark' },
  dark: { icon: 'moon', words: 'dark', next: 'system' },
};

export function ThemeToggle() {
  const { icon, words, next } = CHOICES[useThemeChoice()];
  const label = `Theme: ${words}. Switch to ${CHOICES[next].words}.`;
  return (
    <Button
      variant="link"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={() => {
        chooseTheme(next);
      }}
    >
      <Icon name={icon} size={18} />
    </Button>
  );
}
