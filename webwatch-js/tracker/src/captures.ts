import type { Capture } from './capture';
import { clicks } from './clicks';
import { engagement } from './engagement';
import { events } from './events';

/** By the names that `data-capture` uses. */
export const captures: { readonly [name: string]: Capture } = { clicks, engagement, events };
