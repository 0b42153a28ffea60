/** Runs filter.ts in a worker, as the page counts in one, and shows its lines; the title tells the end. */
import FilterWorker from './filter.worker.ts?worker';

const worker = new FilterWorker();
const lines = document.querySelector('pre')!;

worker.addEventListener('message', ({ data }: MessageEvent<string | null>) => {
  if (data === null) document.title = 'Measured';
  else lines.textContent += `${data}\n`;
});
worker.addEventListener('error', ({ message }) => {
  lines.textContent += `${message}\n`;
  document.title = 'Measured';
});
