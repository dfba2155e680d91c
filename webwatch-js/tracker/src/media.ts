import { pathOf } from './elements';
import { onChange } from './hooks';
import { resolve } from './link';
import { listen } from './listen';
import { doc, quote } from './natives';
import { player, State, type Player } from './player';
import { selector } from './selector';

const FRAMES = 'iframe[src*="youtube"],iframe[src*="vimeo"]';

/** YouTube tells in `info` what has changed, Vimeo in `data`. */
interface Message {
  readonly event: string;
  readonly info?: Progress | undefined;
  readonly data?: Progress | undefined;
}
interface Progress {
  readonly playerState?: number;
  readonly currentTime?: number;
  readonly seconds?: number;
  readonly duration?: number;
}

/** How a medium or an image is known: as the page names it, by its address, or by its place. */
export const nameOf = (element: Element, address: string): string => {
  const url = resolve(address);
  return (
    element.getAttribute('data-webwatch-name') || (/^http/.test(url) ? url : selector(element))
  );
};

/**
 * Videos and sounds of the page; and those of YouTube and Vimeo in frames, by the messages that their players exchange
 * with their own scripts (YouTube's where the frame's address has `enablejsapi=1`). No script of theirs is loaded.
 */
export const media = (): void => {
  const players = new Map<Element, Player>();

  const playerOf = (element: Element, kind: string, address: string, provider?: string): Player => {
    const found = players.get(element) || player(kind, nameOf(element, address), provider);
    players.set(element, found);
    return found;
  };

  listen('play pause ended timeupdate seeking', (event) => {
    const element = pathOf(event)[0] as HTMLMediaElement | undefined;
    if (element?.currentSrc) {
      playerOf(element, element.localName, element.currentSrc)(
        element.ended
          ? State.Ended
          : event.type == 'seeking'
            ? State.Jumping
            : element.paused
              ? State.Paused
              : State.Playing,
        element.currentTime,
        element.duration,
      );
    }
  });

  listen<MessageEvent>('message', ({ source, data: text }) => {
    const frame = [...doc.querySelectorAll<HTMLIFrameElement>(FRAMES)].find(
      (one) => one.contentWindow == source,
    );
    if (frame) {
      const { event, info = {}, data = info } = JSON.parse(text as string) as Message;
      if (event == 'ready') hail(frame);
      playerOf(
        frame,
        'video',
        frame.src,
        /youtube|vimeo/.exec(frame.src)![0],
      )(
        data.playerState ?? { play: 1, pause: 2, ended: 0 }[event],
        data.currentTime ?? data.seconds,
        data.duration,
      );
    }
  });

  const hail = (frame: HTMLIFrameElement) =>
    frame.matches(FRAMES) &&
    ['play', 'pause', 'ended', 'timeupdate'].forEach((value) =>
      frame.contentWindow!.postMessage(
        quote({ event: 'listening', method: 'addEventListener', value }),
        '*',
      ),
    );
  doc.querySelectorAll<HTMLIFrameElement>(FRAMES).forEach(hail);
  listen('load', ({ target }) => hail(target as HTMLIFrameElement), doc);

  onChange((over) => {
    if (over) {
      players.forEach((leave) => leave(State.Paused));
      players.clear();
    }
  });
};
