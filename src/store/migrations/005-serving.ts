/**
 * heldOutHash: the SHA-256 of the validation part that a run's figures were measured on; null where it is not known.
 * A choice of "the best" is gone: without a choice, what serves is no worse than what served before.
 */
export const servingRule = `
ALTER TABLE runs ADD COLUMN heldOutHash TEXT;
DELETE FROM serving WHERE run IS NULL;
`;
