/**
 * What a text's passages are, and where the groups begin that are held out: a JSON array of places in UTF-16 units, null
 * of a text of before, which was cut by its paragraphs. Characters are code points.
 */
export const textStructure = `
ALTER TABLE corpora RENAME COLUMN piece TO passageKind;
ALTER TABLE corpora ADD COLUMN heldOutGroups TEXT;
UPDATE corpora SET characters = length(text);
`;
