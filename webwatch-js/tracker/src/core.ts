import { engagement } from './engagement';
import { events } from './events';
import { start } from './start';

start({ engagement, events });
