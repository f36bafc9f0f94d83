/** One name for one thing: as everywhere else. */
export const charsPerSecond = ['runs', 'steps', 'blocks']
  .map((table) => `ALTER TABLE ${table} RENAME COLUMN charactersPerSecond TO charsPerSecond;`)
  .join('\n');
