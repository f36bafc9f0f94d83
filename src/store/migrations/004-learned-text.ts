/** The SHA-256 of the text that a run learns; null where it is not known. */
export const learnedText = `
ALTER TABLE runs ADD COLUMN textHash TEXT;
`;
