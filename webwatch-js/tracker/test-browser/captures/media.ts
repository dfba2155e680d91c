import { expect, test } from 'vitest';
import type { Fixture } from '../behaviours';

/** Audio, video and embedded players, in any engine. */
export function media(of: Fixture): void {
  test('audio reports each quarter once, and the time played', async () => {
    const { engine, site } = of;
    await of.visit('/media/audio', '<p>late</p>');
    await engine.evaluate(`void (() => {
      const audio = document.createElement('audio');
      audio.muted = true;
      audio.src = '/tone.wav?token=secret';
      audio.addEventListener('ended', () => { audio.currentTime = 0.9; audio.play(); }, { once: true });
      document.body.append(audio);
      audio.play();
    })()`);
    await site.until('/media/audio', 'audio_complete', 2);
    const events = (await site.events('/media/audio')).filter(({ type }) => /^audio/.test(type));
    expect(events.map((event) => [event.type, event['percent']])).toEqual([
      ['audio_play', undefined],
      ['audio_progress', 25],
      ['audio_progress', 50],
      ['audio_progress', 75],
      ['audio_complete', undefined],
      ['audio_play', undefined],
      ['audio_complete', undefined],
    ]);
    expect(events[4]).toMatchObject({ media: `${site.origin}/tone.wav`, duration_ms: 2000 });
    expect(Math.abs((events[4]!['watched_ms'] as number) - 2000)).toBeLessThan(300);
    expect(Math.abs((events[6]!['watched_ms'] as number) - 3100)).toBeLessThan(400);
  });

  test('players are distinguished, and leaving the page pauses the one that plays', async () => {
    const { engine, site } = of;
    await of.visit(
      '/media/two',
      `<video id="v" src="/tone.wav?v" muted data-webwatch-name="trailer"></video>
         <audio id="a" src="/tone.wav" muted loop></audio>`,
    );
    await engine.evaluate(`void (() => {
      const video = document.getElementById('v');
      video.addEventListener('timeupdate', () => video.currentTime > 0.6 && video.pause());
      video.play();
    })()`);
    await site.until('/media/two', 'video_pause', 1);
    await engine.evaluate("void document.getElementById('a').play()");
    await site.until('/media/two', 'audio_progress', 1);
    await of.leave();
    const [left] = await site.until('/media/two', 'audio_pause', 1);
    expect(left).toMatchObject({ media: site.origin + '/tone.wav' });
    const video = (await site.events('/media/two')).filter(({ type }) => /^video/.test(type));
    expect(new Set(video.map((event) => event['media']))).toEqual(new Set(['trailer']));
    expect(video.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['video_play', 'video_progress', 'video_pause']),
    );
    expect(video.at(-1)).toMatchObject({ type: 'video_pause' });
  });

  test.each([
    [
      'youtube',
      `addEventListener('message', (e) => {
         if (JSON.parse(e.data).event !== 'listening' || window.started) return;
         window.started = true;
         const send = (event, info) => parent.postMessage(JSON.stringify({ event, info }), '*');
         send('initialDelivery', { playerState: -1, currentTime: 0, duration: 4 });
         send('onStateChange', 1);
         send('infoDelivery', { playerState: 1 });
         send('infoDelivery', { currentTime: 1.1 });
         send('infoDelivery', { currentTime: 2.2 });
         send('infoDelivery', { playerState: 2 });
       });`,
    ],
    [
      'vimeo',
      `const subscribed = [];
       const send = (event, data) => parent.postMessage(JSON.stringify({ event, data }), '*');
       addEventListener('message', (e) => {
         const { method, value } = JSON.parse(e.data);
         if (method !== 'addEventListener' || subscribed.push(value) !== 4) return;
         send('play', { seconds: 0, duration: 4 });
         send('timeupdate', { seconds: 1.1, duration: 4 });
         send('timeupdate', { seconds: 2.2, duration: 4 });
         send('pause', { seconds: 2.2, duration: 4 });
       });`,
    ],
  ])('a %s player is followed through its messages', async (provider, script) => {
    const { engine, site } = of;
    const path = '/embed-' + provider;
    await site.page(`/${provider}/embed/7`, `<script>${script}</script>`);
    // Of another origin, like real players. The name of the frame keeps the tracker out of the player's own page.
    const address = site.origin.replace('127.0.0.1', 'localhost') + `/${provider}/embed/7`;
    await of.visit(path, `<iframe name="webwatch-frame" src="${address}?enablejsapi=1"></iframe>`);
    await site.until(path, 'video_pause', 1);
    const events = (await site.events(path)).filter((event) => event.type.startsWith('video'));
    expect(events.map((event) => [event.type, event['percent']])).toEqual([
      ['video_play', undefined],
      ['video_progress', 25],
      ['video_progress', 50],
      ['video_pause', undefined],
    ]);
    expect(events[3]).toMatchObject({
      provider,
      media: address,
      watched_ms: 2200,
      duration_ms: 4000,
    });
    const scripts = await engine.evaluate<string>(
      "[...document.scripts].map((script) => script.src).join(' ')",
    );
    expect(scripts).not.toMatch(/youtube|vimeo/);
  });
}
