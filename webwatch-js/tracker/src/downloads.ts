import { onClick } from './elements';
import { linkOf } from './link';
import { data, matches } from './settings';
import { record } from './tracker';

const FILES = 'pdf,csv,txt,doc*,xls*,ppt*,od*,zip,rar,7z,*gz,exe,msi,dmg,deb,rpm,apk,mp*';

/** A link to a file was followed: by its extension, or because it says `download`. */
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
