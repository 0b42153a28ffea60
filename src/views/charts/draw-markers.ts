/** Little flags over the bars in which something first happened: a plugin of the chart of actions. */
import type { Plugin } from 'chart.js';
import type { Moments } from '../../model/moments.ts';
import { type Marker, markersOf } from './markers.ts';

/** Size of a flag, in pixels. */
const FLAG = 7;

export function drawMarkers(
  picture: () => { buckets: readonly Moments[]; markers: readonly Marker[] },
): Plugin<'bar' | 'line'> {
  return {
    id: 'markers',
    afterDatasetsDraw: (chart) => {
      const { buckets, markers } = picture();
      if (markers.length === 0) return;
      const { left, width, top, bottom } = chart.chartArea;
      const step = width / buckets.length;
      const { ctx } = chart;
      ctx.save();
      const ink = getComputedStyle(chart.canvas).getPropertyValue('--ink').trim();
      ctx.strokeStyle = ctx.fillStyle = ink;
      buckets.forEach((bucket, place) => {
        if (markersOf(markers, bucket).length === 0) return;
        const x = Math.round(left + (place + 0.5) * step) + 0.5;
        ctx.globalAlpha = 0.35;
        ctx.setLineDash([2, 3]);
        ctx.beginPath();
        ctx.moveTo(x, top);
        ctx.lineTo(x, bottom);
        ctx.stroke();
        ctx.globalAlpha = 1;
        ctx.beginPath();
        ctx.moveTo(x, top);
        ctx.lineTo(x + FLAG, top + FLAG / 2);
        ctx.lineTo(x, top + FLAG);
        ctx.fill();
      });
      ctx.restore();
    },
  };
}
