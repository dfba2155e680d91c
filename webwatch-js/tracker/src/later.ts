import { guard } from './guard';
import { startTimer } from './natives';

export const later = (run: () => unknown, delay: number): number => startTimer(guard(run), delay);
