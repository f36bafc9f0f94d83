/** What the bot's process has done since it began. */
export class Counters {
  requests = 0;
  texts = 0;
  posts = 0;
  failures = 0;
}
