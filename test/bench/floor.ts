/** The floor: as many workers as the page has, reading the same file in the same pieces, and only counting newlines. */
import { type Remote, wrap } from 'comlink';
import { contentOfFile } from '../../src/intake/content.ts';
import { planTasks, workerCount } from '../../src/pipeline/plan-tasks.ts';
import type { FloorApi } from './floor.worker.ts';
import FloorWorker from './floor.worker.ts?worker&inline';

const workers = workerCount(navigator.hardwareConcurrency);
const hands: Remote<FloorApi>[] = Array.from({ length: workers }, () => wrap<FloorApi>(new FloorWorker()));
const status = document.querySelector('[role=status]')!;

document.querySelector('input')!.addEventListener('change', async (event) => {
  const file = (event.currentTarget as HTMLInputElement).files![0]!;
  const tasks = planTasks([contentOfFile(file)], 0, workers);
  let lines = 0;
  await Promise.all(
    hands.map(async (hand) => {
      for (let task = tasks.shift(); task; task = tasks.shift()) {
        lines += await hand.countLines(file, task.start, task.end);
      }
    }),
  );
  status.textContent = `Read 1 file: ${lines} lines`;
});
