/** Ways around long parts of the page, for those who walk it by keyboard. */
export const skipOverText = {
  skip: (what: string) => `Skip ${what}`,
  end: (what: string) => `End of ${what}`,
  // Not by their titles: what is sought on the page by its title is to be found once.
  table: 'this table',
  panels: 'these panels',
};
