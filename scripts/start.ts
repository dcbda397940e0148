/**
 * Carries examples/gameforge from a pull request to production on this machine, through the workflow files and the
 * dist/ that GitHub would run. Installs and builds what it needs first. Exit code 0 only when the signed image is what
 * both stages run.
 * Usage: npm start
 */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { renderPage } from '../src/road/page.ts';
import { journeyText } from '../src/road/journey-text.ts';
import { travel } from '../src/road/journey.ts';
import { openRoad, roadPrograms } from '../src/road/road.ts';
import { standIns } from '../src/road/stand-ins.ts';
import { findPrograms } from '../src/tools/install.ts';
import { withWorkshop } from './with-workshop.ts';

const folder = resolve('.slipway/start');

await withWorkshop(async (workshop) => {
  const { say } = workshop;
  say('1 of 3: programs');
  const programs = await findPrograms(roadPrograms, workshop);

  say('2 of 3: platform');
  const road = await openRoad({ folder, programs, workshop, onProblem: say });
  try {
    say('3 of 3: pull request to production');
    const shown = new Set<string>();
    const journey = await travel(road, {
      folder,
      helm: programs.get('helm') ?? 'helm',
      workshop,
      onLine: ({ job, step }) => {
        const line = `  ${job}: ${step.replace(/@[0-9a-f]{40}$/, '')}`;
        if (!shown.has(line)) say(line);
        shown.add(line);
      },
    });
    const replaced = new Map(
      journey.runs
        .flatMap(({ result }) => result.standIns)
        .map(({ action, instead }) => [action, { part: action, onGitHub: 'the action itself', here: instead }]),
    );
    const listed = [...standIns, ...replaced.values()];
    const page = join(folder, 'index.html');
    const { passed, sentence, runs, figures, image, evidence } = journey;
    const verdicts = journey.gates.map(({ job, report: { gate, verdict, headline } }) => ({
      job,
      gate,
      verdict,
      headline,
    }));
    const title = 'GameForge, from pull request to production';
    await writeFile(
      page,
      renderPage({ title, passed, sentence, runs, verdicts, figures, standIns: listed, image, evidence }),
    );
    console.log(journeyText(journey, listed, `file://${page}`));
    process.exitCode = passed ? 0 : 1;
  } finally {
    await road.close();
  }
});
