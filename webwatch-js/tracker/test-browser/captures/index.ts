import type { Fixture } from '../behaviours';
import { clicks } from './clicks';
import { forms } from './forms';
import { images } from './images';
import { media } from './media';
import { pointer } from './pointer';
import { reading } from './reading';

/** All captures, in any engine. */
export function captures(of: Fixture): void {
  clicks(of);
  forms(of);
  media(of);
  images(of);
  pointer(of);
  reading(of);
}
