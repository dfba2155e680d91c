import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { launch } from './browser';
import { options } from './options';
import { pointsIn } from './points';
import { reads } from './reads';
import { budgets, calibrate, json, tables, type Measured } from './report';
import { round } from './round';
import { Lab } from './server';
import { trackers } from './trackers';
import { visit } from './visit';

const [home = '', ...args] = process.argv.slice(2);
const { rounds, moves, visitSeconds, only } = options(args);
const log = (text: string) => process.stderr.write(text + '\n');

const chosen = (await trackers(join(home, 'target/tracker'), join(home, 'peers'))).filter(
  ({ key }) => !only.length || only.includes(key),
);
const all: Measured[] = chosen.map((tracker) => ({ tracker, rounds: [] }));
const results = join(home, 'target/results.json');
const save = () => {
  calibrate(all);
  writeFileSync(results, json(all));
};
const lab = await Lab.start(chosen);
const browser = await launch();
try {
  const tracing = await browser.newBrowserCDPSession();
  for (let i = 0; i < rounds; i++) {
    // Rotate and reverse the order, so that changes in the machine's load affect all trackers alike.
    const turned = [...all.slice(i % all.length), ...all.slice(0, i % all.length)];
    for (const measured of i % 2 ? turned.reverse() : turned) {
      measured.rounds.push(
        await round(browser, tracing, lab, measured.tracker, Math.ceil(moves / rounds)),
      );
    }
    save();
    log(`Round ${i + 1} of ${rounds} done; load average ${loadavg()[0]!.toFixed(1)}.`);
  }
  for (const measured of all.filter(({ tracker }) => tracker.script.length)) {
    measured.reads = await reads(browser, lab, measured.tracker);
  }
  if (visitSeconds) {
    log(`Visiting the pages of all trackers at the same time for ${visitSeconds} s.`);
    const visited = all.filter(({ tracker: { key } }) => key !== 'none' && key !== 'empty');
    await Promise.all(
      visited.map(async (measured) => {
        measured.sent = await visit(browser, lab, measured.tracker, visitSeconds);
      }),
    );
    for (const measured of visited) {
      if (measured.tracker.key === 'full') measured.points = pointsIn(measured.sent!.bodies);
    }
  }
} finally {
  await browser.close();
  lab.stop();
}
save();
console.log(tables(all, visitSeconds) + '\n\n' + budgets(all));
log(`The results of all rounds are in ${results}.`);
