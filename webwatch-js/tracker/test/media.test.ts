import { expect, test, vi } from 'vitest';
import { body, one, useTracker } from './tracker';

const tracker = useTracker();
const media = () => tracker.current.events.filter(({ t }) => /^(audio|video)_/.test(t));

/** Sets properties of a player, since jsdom does not play media. */
function facts(element: HTMLMediaElement, values: { [name: string]: unknown }): void {
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(element, name, { value, configurable: true });
  }
}
const play = (element: HTMLMediaElement, values: { [name: string]: unknown } = {}) => {
  facts(element, { currentSrc: '', paused: false, currentTime: 0, duration: 8, ...values });
  element.dispatchEvent(new window.Event('play'));
};
const proceed = (element: HTMLMediaElement, ...times: number[]) =>
  times.forEach((currentTime) => {
    facts(element, { currentTime });
    element.dispatchEvent(new window.Event('timeupdate'));
  });
const pause = (element: HTMLMediaElement) => {
  facts(element, { paused: true });
  element.dispatchEvent(new window.Event('pause'));
};

test('quarters are reported once, except those that were skipped', async () => {
  body('<video id="v"></video>');
  await tracker.current.load({ 'data-capture': 'media' });
  const video = one<HTMLVideoElement>('video');
  play(video, { currentSrc: 'https://shop.example/a.webm?token=secret' });
  proceed(video, 1, 2, 3);
  facts(video, { seeking: true, currentTime: 7 });
  video.dispatchEvent(new window.Event('seeking'));
  facts(video, { seeking: false });
  proceed(video, 7.5);
  facts(video, { seeking: true, currentTime: 0 });
  video.dispatchEvent(new window.Event('seeking'));
  facts(video, { seeking: false });
  proceed(video, 1, 2, 3, 4);
  pause(video);
  await tracker.current.flush();
  expect(media().map(({ t, pc }) => [t, pc])).toEqual([
    ['video_play', undefined],
    ['video_progress', 25],
    ['video_progress', 50],
    ['video_pause', undefined],
  ]);
  expect(media().at(-1)).toMatchObject({
    md: 'https://shop.example/a.webm',
    ps: 4000,
    du: 8000,
    wa: 7500,
  });
});

test.each([
  ['a stream', { currentSrc: '', duration: Infinity }],
  ['a MediaSource', { currentSrc: 'blob:https://shop.example/1f0', duration: 8 }],
])('a medium from %s is identified by its selector', async (_, values) => {
  body('<main id="m"><video></video></main>');
  await tracker.current.load({ 'data-capture': 'media' });
  const video = one<HTMLVideoElement>('video');
  play(video, values);
  proceed(video, 1, 2, 3);
  pause(video);
  await tracker.current.flush();
  expect(media()[0]).toMatchObject({ t: 'video_play', md: '#m>video' });
  expect(media().at(-1)).toMatchObject({ t: 'video_pause', wa: 3000 });
});

test('a medium of unknown length reaches no quarter', async () => {
  body('<audio></audio>');
  await tracker.current.load({ 'data-capture': 'media' });
  const audio = one<HTMLAudioElement>('audio');
  play(audio, { duration: NaN });
  proceed(audio, 1, 2);
  pause(audio);
  await tracker.current.flush();
  expect(media().map(({ t }) => t)).toEqual(['audio_play', 'audio_pause']);
});

test.each(['pointerover', 'focusin'])(
  'media in a shadow tree are captured from the first %s',
  async (type) => {
    body('<my-player id="p"></my-player>');
    const root = one('my-player').attachShadow({ mode: 'open' });
    root.innerHTML = '<my-frame id="f"></my-frame>';
    const inner = root.querySelector('my-frame')!.attachShadow({ mode: 'open' });
    inner.innerHTML = '<video id="v"></video>';
    const video = inner.querySelector('video')!;
    await tracker.current.load({ 'data-capture': 'media' });
    for (let i = 0; i < 3; i++) {
      video.dispatchEvent(new window.Event(type, { bubbles: true, composed: true }));
    }
    play(video);
    proceed(video, 1, 2);
    pause(video);
    await tracker.current.flush();
    expect(media().map(({ t, md }) => [t, md])).toEqual(
      ['play', 'progress', 'pause'].map((what) => ['video_' + what, '#p>>>#f>>>#v']),
    );
  },
);

test('media in an ignored shadow tree are not captured', async () => {
  body('<div data-webwatch-ignore><my-player></my-player></div>');
  const root = one('my-player').attachShadow({ mode: 'open' });
  root.innerHTML = '<video></video>';
  const video = root.querySelector('video')!;
  await tracker.current.load({ 'data-capture': 'media' });
  video.dispatchEvent(new window.Event('pointerover', { bubbles: true, composed: true }));
  play(video);
  await tracker.current.flush();
  expect(media()).toEqual([]);
});

test('custom elements with media events are not captured', async () => {
  body('<my-player></my-player>');
  await tracker.current.load({ 'data-capture': 'media' });
  const player = one('my-player');
  Object.assign(player, { currentSrc: '/a.webm', paused: false, currentTime: 1, duration: 8 });
  player.dispatchEvent(new window.Event('play', { bubbles: true }));
  await tracker.current.flush();
  expect(media()).toEqual([]);
});

test('leaving the page pauses a playing medium', async () => {
  body('<video id="v"></video>');
  await tracker.current.load({ 'data-capture': 'media' });
  play(one<HTMLVideoElement>('video'));
  proceed(one<HTMLVideoElement>('video'), 1);
  vi.advanceTimersByTime(100);
  window.dispatchEvent(new window.Event('pagehide'));
  expect(media().map(({ t }) => t)).toEqual(['video_play', 'video_pause']);
});
