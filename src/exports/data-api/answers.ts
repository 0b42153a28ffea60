/**
 * JSON answers as files that any static host serves at the API's own addresses. In: a path and a value. Out: entries.
 * An answer whose path has others below it is a folder with an index: index.html, which every host serves for the folder,
 * and index.json for hosts that are told so. Both hold JSON; < and > are escaped in it, since a browser takes the first
 * for a page.
 */
import { textEntry } from '../entries.ts';
import type { ZipEntry } from '../zip.ts';

/** An answer at a path with others below it; the empty path is the root. */
export function folderAnswer(path: string, value: unknown): ZipEntry[] {
  const folder = path === '' ? '' : `${path}/`;
  return ['index.html', 'index.json'].map((name) => textEntry(folder + name, json(value)));
}

/** An answer without any below it. */
export function leafAnswer(path: string, value: unknown): ZipEntry {
  return textEntry(path, json(value));
}

function json(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The name under which repositories without a namespace stand, as in Docker Hub's own addresses. */
export const NO_NAMESPACE = '_';

/**
 * A name as a folder, or null: what no registry would take as a name might leave the folder that it is unpacked into, or
 * be two names for a file system that knows no capitals.
 */
export function segmentOf(name: string): string | null {
  return /^[a-z0-9]+([._-]+[a-z0-9]+)*$/.test(name) && !/^index\.(html|json)$/.test(name) ? name : null;
}

/** The same of a name with slashes. */
export function pathOf(name: string): string | null {
  return name.split('/').every((segment) => segmentOf(segment) !== null) ? name : null;
}
