/** Ways around long parts of the page, for those who walk it by keyboard. */
export const skipOverText = {
  skip: (what: string) => `Skip ${what}`,
  end: (what: string) => `End of ${what}`,
  table: (title: string) => `the table “${title}”`,
  panels: (title: string) => `the panels “${title}”`,
};
