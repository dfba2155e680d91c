import { onClick } from './elements';
import { linkOf } from './link';
import { data, matches } from './settings';
import { record } from './tracker';

const FILES = 'pdf,csv,txt,doc*,xls*,ppt*,od*,zip,rar,7z,*gz,exe,msi,dmg,deb,rpm,apk,mp*';

/** Captures clicks on links that have a `download` attribute or lead to a file with a known extension. */
export const downloads = (): void =>
  onClick((path) => {
    const [link, ur] = linkOf(path);
    const saved = link?.getAttribute('download');
    if (ur) {
      const file = ur.split('?')[0]!.split('/').pop()!;
      const ex = file.split('.').pop()!.toLowerCase();
      if (saved != null || matches(data['downloads'] || FILES, ex))
        record('download', { ur, fi: saved || file, ex });
    }
  });
