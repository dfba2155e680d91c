import { clicks } from './clicks';
import { downloads } from './downloads';
import { engagement } from './engagement';
import { events } from './events';
import { errors } from './errors';
import { vitals } from './vitals';
import { hover } from './hover';
import { images } from './images';
import { media } from './media';
import { forms } from './forms';
import { movement } from './movement';
import { start } from './start';

// This order compresses best.
start({
  clicks,
  media,
  vitals,
  errors,
  images,
  engagement,
  forms,
  movement,
  hover,
  events,
  downloads,
});
