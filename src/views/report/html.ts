/** HTML as text. In: any text, also of strangers. Out: markup in which that text is nothing but text. */
import { visible } from '../parts/visible-text.ts';

/** Markup that may be put into a page as it is. */
export type Html = string & { readonly isHtml?: true };

const ESCAPES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** For content and quoted attributes. */
export function escapeHtml(text: string): Html {
  return text.replace(/[&<>"']/g, (character) => ESCAPES.get(character)!);
}

/** A stranger's text: nothing in it is invisible, and its direction of writing ends with it. */
export function strange(text: string): Html {
  return `<bdi>${escapeHtml(visible(text))}</bdi>`;
}

export interface Column {
  title: string;
  isNumber?: boolean;
}

/** Cells are markup. The first of each row is its heading. */
export function tableHtml(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Html[])[],
): Html {
  const className = (i: number) => (columns[i]?.isNumber ? ' class="n"' : '');
  const head = columns
    .map(({ title }, i) => `<th scope="col"${className(i)}>${escapeHtml(title)}</th>`)
    .join('');
  const body = rows.map(
    (cells) =>
      `<tr>${cells.map((cell, i) => (i === 0 ? `<th scope="row">${cell}</th>` : `<td${className(i)}>${cell}</td>`)).join('')}</tr>`,
  );
  return `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table>`;
}
