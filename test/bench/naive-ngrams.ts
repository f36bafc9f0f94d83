/** The smoothings as their papers write them, on strings, for small texts. One character is one of the vocabulary. */

export function naiveWittenBell(
  learned: string,
  vocabularySize: number,
  order: number,
  context: string,
  character: string,
): number {
  const lower =
    context === ''
      ? 1 / vocabularySize
      : naiveWittenBell(learned, vocabularySize, order, context.slice(1), character);
  const after = placesOf(learned, context).flatMap(
    (place) => learned[place + context.length] ?? [],
  );
  if (after.length === 0) return lower;
  const count = after.filter((one) => one === character).length;
  const different = new Set(after).size;
  return (count + different * lower) / (after.length + different);
}

export function naiveKneserNey(
  learned: string,
  vocabularySize: number,
  order: number,
  context: string,
  character: string,
): number {
  const lower =
    context === ''
      ? 1 / vocabularySize
      : naiveKneserNey(learned, vocabularySize, order, context.slice(1), character);
  const longest = Math.min(order, learned.length);
  const length = context.length + 1;
  if (length > longest) return lower;
  const count = (gram: string): number => {
    const places = placesOf(learned, gram);
    return length === longest
      ? places.length
      : new Set(places.map((place) => learned[place - 1] ?? 'the beginning')).size;
  };
  const grams = [
    ...new Set(Array.from(learned, (_, place) => learned.slice(place, place + length))),
  ]
    .filter((gram) => gram.length === length)
    .map((gram) => ({ gram, count: count(gram) }));
  const continued = grams.filter(({ gram }) => gram.startsWith(context));
  if (continued.length === 0) return lower;

  const n = (k: number): number => grams.filter((gram) => gram.count === k).length;
  const y = n(1) / (n(1) + 2 * n(2));
  const usable = (discount: number, k: number): number =>
    discount > 0 && discount <= k ? discount : k / 2;
  const discountOf = (k: number): number => {
    if (k === 0) return 0;
    if (k === 1) return usable(1 - (2 * y * n(2)) / n(1), 1);
    if (k === 2) return usable(2 - (3 * y * n(3)) / n(2), 2);
    return usable(3 - (4 * y * n(4)) / n(3), 3);
  };
  const sum = continued.reduce((total, gram) => total + gram.count, 0);
  const taken = continued.reduce((total, gram) => total + discountOf(gram.count), 0);
  const own = continued.find(({ gram }) => gram === context + character)?.count ?? 0;
  return (own - discountOf(own) + taken * lower) / sum;
}

function placesOf(text: string, gram: string): number[] {
  return Array.from(text, (_, place) => place).filter((place) => text.startsWith(gram, place));
}
