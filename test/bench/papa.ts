/** Papa Parse alone: one worker that reads the file as it does by itself, in blocks, and only counts the records. */
import PapaWorker from './papa.worker.ts?worker&inline';

const worker = new PapaWorker();
const status = document.querySelector('[role=status]')!;

worker.addEventListener('message', ({ data }: MessageEvent<number>) => {
  status.textContent = `Read 1 file: ${data} lines`;
});
document.querySelector('input')!.addEventListener('change', (event) => {
  worker.postMessage((event.currentTarget as HTMLInputElement).files![0]!);
});
