import { find, pathOf } from './elements';
import { onChange } from './hooks';
import { resolve } from './link';
import { listen } from './listen';
import { doc, quote } from './natives';
import { player, State, type Player } from './player';
import { selector } from './selector';

const FRAMES = 'iframe[src*=youtube],iframe[src*=vimeo]';
/** In the order of `State`; the last one reports only the position. */
const EVENTS = 'ended play pause seeking timeupdate';

/** A message of a player: YouTube reports changes in `info`, Vimeo in `data`. */
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

/** Returns the name of a medium or an image: its `data-webwatch-name`, or else its address, or else its selector. */
export const nameOf = (element: Element, address: string): string => {
  // A stream has no address.
  const url = address && resolve(address);
  return (
    element.getAttribute('data-webwatch-name') || (/^http/.test(url) ? url : selector(element))
  );
};

/**
 * Captures video and audio of the page, and of YouTube and Vimeo players in frames. The latter are observed through the
 * messages that the players exchange with their own scripts (for YouTube, if the address of the frame contains
 * `enablejsapi=1`); none of those scripts is loaded.
 */
export const media = (): void => {
  const roots = new WeakSet<Node>();
  const players = new Map<Element, Player>();

  const playerOf = (element: Element, kind: string, address: string, provider?: string): Player => {
    const found = players.get(element) || player(kind, nameOf(element, address), provider);
    players.set(element, found);
    return found;
  };

  const follow = (event: Event) => {
    const element = find(pathOf(event), 'audio,video') as HTMLMediaElement | undefined;
    if (element) {
      playerOf(element, element.localName, element.currentSrc)(
        element.ended
          ? State.Ended
          : element.seeking
            ? State.Jumping
            : element.paused
              ? State.Paused
              : State.Playing,
        element.currentTime,
        element.duration,
      );
    }
  };
  // Media events do not leave a shadow tree, which becomes known when the pointer or the focus enters it.
  const watch = (root: Node) => {
    if (!roots.has(root)) {
      roots.add(root);
      listen(EVENTS, follow, root);
    }
  };
  watch(doc);
  listen('pointerover focusin', (event) =>
    pathOf(event).forEach((element) => watch(element.getRootNode())),
  );

  listen<MessageEvent>('message', ({ source, data: text }) => {
    doc.querySelectorAll<HTMLIFrameElement>(FRAMES).forEach((frame) => {
      if (frame.contentWindow != source) return;
      const { event, info = {}, data = info } = JSON.parse(text as string) as Message;
      if (event == 'ready') subscribe(frame);
      playerOf(
        frame,
        'video',
        frame.src,
        /youtube|vimeo/.exec(frame.src)![0],
      )(
        data.playerState ?? EVENTS.split(' ').indexOf(event),
        data.currentTime ?? data.seconds,
        data.duration,
      );
    });
  });

  const subscribe = (frame: HTMLIFrameElement) =>
    frame.matches(FRAMES) &&
    EVENTS.split(' ').forEach((value) =>
      frame.contentWindow!.postMessage(
        quote({ event: 'listening', method: 'addEventListener', value }),
        '*',
      ),
    );
  doc.querySelectorAll<HTMLIFrameElement>(FRAMES).forEach(subscribe);
  listen('load', ({ target }) => subscribe(target as HTMLIFrameElement), doc);

  onChange((ended) => {
    if (ended) {
      players.forEach((leave) => leave(State.Paused));
      players.clear();
    }
  });
};
