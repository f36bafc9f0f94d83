/** Discord's epoch, the first millisecond of 2015. */
const epoch = 1_420_070_400_000;

/** A maker of ids as Discord makes them: the time in the upper bits, a count in the lower 22. */
export function createSnowflakes(clock: () => number): () => string {
  let count = 0n;
  return () => {
    count = (count + 1n) % (1n << 22n);
    return String((BigInt(Math.floor(clock()) - epoch) << 22n) | count);
  };
}
