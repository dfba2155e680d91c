/**
 * The page under measurement: a long article with a fixed bar, images, a form, buttons and links. Its own script does
 * little work on each move, scroll and click. It uses no promises, observers or lazy images, so that every microtask
 * after the start of the tracker belongs to the tracker.
 */

const WORDS =
  'harbour lantern winter timber quiet river market copper window garden narrow bright morning paper stone'.split(
    ' ',
  );

function sentence(seed: number): string {
  const words = Array.from(
    { length: 14 },
    (_, i) => WORDS[(seed * 7 + i * (3 + (seed % 5))) % WORDS.length],
  );
  return words.join(' ') + '.';
}

const paragraph = (seed: number) =>
  `<p>${Array.from({ length: 5 }, (_, i) => sentence(seed * 5 + i)).join(' ')}</p>`;

const section = (n: number) => `
  <section class="part" id="part-${n}"><div class="frame"><div class="inner">
    <header><h2><span>${sentence(n)}</span></h2></header>
    <div class="columns">
      <div class="text">${paragraph(n)}${paragraph(n + 50)}
        <ul>${[1, 2, 3].map((i) => `<li><span>${sentence(n * 3 + i)}</span></li>`).join('')}</ul>
        <button type="button" class="more" id="more-${n}">Show more</button>
      </div>
      <figure><img src="../picture.svg?${n}" width="320" height="200" alt="">
        <figcaption>${sentence(n + 9)}</figcaption></figure>
    </div>
  </div></div></section>`;

const STYLE = `
  body { margin: 0; font: 16px/1.5 serif; }
  #bar { position: fixed; top: 0; left: 0; right: 0; height: 48px; background: #eee; z-index: 1; }
  #bar a { margin: 0 12px; line-height: 48px; }
  main { margin: 64px auto; width: 900px; }
  .columns { display: flex; gap: 24px; }
  .text { flex: 1; }
  figure { margin: 0; width: 320px; }
  #pulse { height: 8px; width: 50%; background: #9bd; }
`;

const SCRIPT = `
  const counts = { moves: 0, scrolls: 0, clicks: 0 };
  addEventListener('pointermove', () => { counts.moves++; });
  addEventListener('scroll', () => { counts.scrolls++; }, { passive: true });
  document.addEventListener('click', (event) => {
    counts.clicks++;
    const more = event.target.closest('.more');
    if (more) more.textContent = more.textContent === 'Show more' ? 'Show less' : 'Show more';
    const view = event.target.closest('[data-view]');
    if (view) {
      event.preventDefault();
      history.pushState({}, '', view.href);
      document.title = view.textContent;
      document.getElementById('title').textContent = view.textContent;
      window.onNewView?.();
    }
  });
  document.getElementById('order').addEventListener('submit', (event) => event.preventDefault());
  // Invalidates the layout continuously, as a scripted animation does.
  let pulsing = 0;
  function pulse(on) {
    clearInterval(pulsing);
    let width = 0;
    if (on) pulsing = setInterval(() => {
      document.getElementById('pulse').style.height = (width = (width + 1) % 16) + 'px';
    }, 4);
  }
`;

export const PARTS = 24;

export const page = (tag: string): string => `<!doctype html><html lang="en"><head>
<meta charset="utf-8"><title>Bench</title><style>${STYLE}</style>${tag}</head><body>
<nav id="bar"><a href="./" data-view>Start</a><a href="./offers" data-view>Offers</a>
  <a href="../files/list.pdf" id="file" download>List</a></nav>
<main><article><h1 id="title">Bench</h1><div id="pulse"></div>
${Array.from({ length: PARTS / 2 }, (_, i) => section(i)).join('')}
<form id="order" name="order"><fieldset><legend>Order</legend>
  <label>Name <input name="name" required></label> <label>Town <input name="town"></label>
  <label>Kind <select name="kind"><option>one</option><option>two</option></select></label>
  <label>Note <textarea name="note"></textarea></label>
  <button type="submit" id="send">Send</button></fieldset></form>
${Array.from({ length: PARTS / 2 }, (_, i) => section(i + PARTS / 2)).join('')}
</article></main><script>${SCRIPT}</script></body></html>`;

export const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><rect width="320" height="200" fill="#bcd"/></svg>';
