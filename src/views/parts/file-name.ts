/** The name of a file for a table or chart of the page. In: its title. Out: that in small letters, without signs. */
export function fileNameOf(title: string): string {
  return title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '_');
}
