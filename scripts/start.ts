/**
 * Carries examples/gameforge from a pull request to production on this machine, through the workflow files and the
 * dist/ that GitHub would run. Installs and builds what it needs first. Exit code 0 only when the signed image is what
 * both stages serve.
 * Usage: npm start
 */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { journeyText } from '../src/road/journey-text.ts';
import { travel } from '../src/road/journey.ts';
import { judge } from '../src/road/judgement.ts';
import { renderPage } from '../src/road/page.ts';
import { openRoad, roadPrograms } from '../src/road/road.ts';
import { standInsOf } from '../src/road/stand-ins.ts';
import { findPrograms } from '../src/tools/install.ts';
import { withWorkshop } from './with-workshop.ts';

await withWorkshop(async (workshop) => {
  const { say } = workshop;
  say('1 of 3: programs');
  const programs = await findPrograms(roadPrograms, workshop);

  say('2 of 3: platform');
  const road = await openRoad({ folder: resolve('.slipway/start'), programs, workshop, onProblem: say });
  try {
    say('3 of 3: pull request to production');
    const shown = new Set<string>();
    const journey = await travel(road, {
      helm: programs.get('helm') ?? 'helm',
      workshop,
      onLine: ({ job, step }) => {
        const line = `  ${job}: ${step.replace(/@[0-9a-f]{40}$/, '')}`;
        if (!shown.has(line)) say(line);
        shown.add(line);
      },
    });
    const judgement = judge(journey);
    const standIns = standInsOf(journey.runs);
    const page = join(road.folder, 'index.html');
    await writeFile(
      page,
      renderPage({ title: 'GameForge, from pull request to production', ...journey, ...judgement, standIns }),
    );
    console.log(journeyText(journey, judgement, standIns, `file://${page}`));
    process.exitCode = judgement.passed ? 0 : 1;
  } finally {
    await road.close();
  }
});
