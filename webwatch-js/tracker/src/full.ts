import { clicks } from './clicks';
import { downloads } from './downloads';
import { engagement } from './engagement';
import { errors } from './errors';
import { events } from './events';
import { forms } from './forms';
import { hover } from './hover';
import { images } from './images';
import { media } from './media';
import { movement } from './movement';
import { start } from './start';
import { vitals } from './vitals';

start({
  clicks,
  engagement,
  events,
  downloads,
  forms,
  media,
  images,
  movement,
  hover,
  vitals,
  errors,
});
