import { behaviours } from './behaviours';
import { webkit } from './webkit';

behaviours('webkit', webkit);
