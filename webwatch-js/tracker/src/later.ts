import { guard } from './guard';
import { startTimer } from './natives';

/** Runs a function after a delay in milliseconds, and returns the id of the timer. */
export const later = (run: () => unknown, delay: number): number => startTimer(guard(run), delay);
