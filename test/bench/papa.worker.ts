import Papa from 'papaparse';

addEventListener('message', ({ data: file }: MessageEvent<File>) => {
  let records = 0;
  Papa.parse<string[]>(file, {
    delimiter: ',',
    chunk: ({ data }) => void (records += data.length),
    complete: () => postMessage(records),
  });
});
