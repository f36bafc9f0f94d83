import { listOf, numbers } from './format.ts';

const { whole, bits, decimal } = numbers('en');
const list = listOf('en');

/** All that the bot says, in English. */
export const en = {
  whole,
  bits,
  decimal,
  list,
  titles: { bible: 'the King James Bible', plato: "Plato's Republic" },
  ownTitle: (name: string) => `the text "${name}"`,
  day: (day: Date) =>
    new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(day),

  commands: {
    bible: 'A network that learnt the King James Bible goes on from your words',
    plato: "A network that learnt Plato's Republic goes on from your words",
    write: 'A network that learnt another text goes on from your words',
    whose: 'Which of the books a text sounds like (many to one)',
    daily: 'A verse every day in a channel of this server',
    dailySet: 'Post a verse every day',
    dailyShow: 'What is posted, when, and how it went',
    dailyPause: 'Post nothing until further notice',
    dailyResume: 'Post again',
    dailyRemove: 'Post no more, and forget what was set',
    dailyNow: 'Post one now, to see how it looks',
    model: 'The networks that write: how large, how good, how old, and how they learnt',
    help: 'What I can do',
    privacy: 'What I keep, and for how long',
  },
  options: {
    seed: 'What the text begins with',
    verses: 'How many verses',
    sentences: 'How many sentences',
    lines: 'How many lines',
    temperature: '0 the likeliest text, 1 as it was learnt, above 1 wilder',
    model: 'Another network than the one that serves',
    corpus: 'The text that the network learnt',
    text: 'Some words',
    channel: 'Where to post',
    time: 'When, such as 08:30',
    timezone: 'Whose clock, such as America/Sao_Paulo: begin to type a city',
    book: 'From which book',
    kind: 'Written by the network, or from the book itself',
  },
  choices: {
    bible: 'Bible',
    plato: 'Republic',
    turns: 'Bible and Republic in turn',
    written: 'written by the network',
    real: 'from the book itself',
  },
  buttons: { again: 'Again', continue: 'Continue', delete: 'Delete' },

  written: {
    by: (network: string, run: number) => `Written by a network: ${network}, run ${run}`,
    bits: (figure: number) => `${bits(figure)} bits a character`,
    quotes: (reference: string, length: number) =>
      `quotes ${reference}, ${whole(length)} characters`,
    borrows: (length: number) => `longest stretch from the book: ${whole(length)} characters`,
    borrowsNothing: 'nothing in it is from the book word for word',
    notCompared: (title: string) =>
      `compared with nothing: the text of ${title} is not on this machine`,
    readAs: (pairs: readonly { readonly from: string; readonly to: string }[]) =>
      `The network read ${pairs.map(({ from, to }) => `${from} as ${to}`).join(', ')}`,
    leftOut: (characters: readonly string[]) => `The network does not know ${characters.join(' ')}`,
    madeNothing: 'The network ended its text before the first character. Try another seed.',
  },
  references: {
    paragraph: (book: string, paragraph: number) => `${book}, paragraph ${whole(paragraph)}`,
    plainParagraph: (paragraph: number) => `paragraph ${whole(paragraph)}`,
    book: (numeral: string) => `Book ${numeral}`,
  },

  refusals: {
    noNetwork: (title: string) =>
      `No network has learnt ${title} yet. Whoever runs me can train one with \`escriba train\`.`,
    noNetworks:
      'No network has learnt anything yet. Whoever runs me can train one with `escriba train bible`.',
    noSuchModel: (typed: string, title: string) =>
      `There is no network "${typed}" for ${title}. Choose one of those that I offer as you type.`,
    noSuchCorpus: (typed: string, known: readonly string[]) =>
      known.length > 0
        ? `No network has learnt a text called "${typed}". There are: ${list(known)}.`
        : `No network has learnt another text here yet; only the books have commands: /bible and /plato. Whoever runs me can add a text with \`escriba corpus add\` and train on it.`,
    noText: (title: string, name: string) =>
      `The text of ${title} is not on this machine. Whoever runs me can fetch it with \`escriba corpus fetch ${name}\`.`,
    personCooldown: (when: string) => `That was a lot in a short time. You can ask again ${when}.`,
    serverCooldown: (when: string) =>
      `This server asked for a lot in a short time. It can ask again ${when}.`,
    forgotten: 'I no longer have this text: I keep each for thirty days.',
    notYours: 'Only the person who asked for this text, or a moderator, can delete it.',
    unknownCharacters:
      'There is nothing to compare: none of these characters is known to all of the networks.',
  },

  whose: {
    likeliest: (title: string) => `That sounds most like **${title}**.`,
    only: (title: string) => `Only one network is here to ask, that of **${title}**.`,
    figure: (title: string, figure: number) => `${title}: ${bits(figure)} bits a character`,
    surprising: 'The words that surprised its network most are underlined:',
    explained: (count: number) =>
      `Many to one: the whole text goes in, one figure comes out; fewer bits are less surprise. Counted over the ${whole(count)} characters that all of the networks know`,
  },

  daily: {
    header: { bible: 'Verse of the day', plato: 'Passage of the day' },
    nowHeader: { bible: 'A verse', plato: 'A passage' },
    set: (channel: string, time: string, zone: string, next: string) =>
      `From now on I post in ${channel} every day at ${time} (${zone}). The next time is ${next} by your own clock.`,
    badTime: (typed: string) => `"${typed}" is no time of the day. Write it as 08:30, or 8:30 pm.`,
    badZone: (typed: string) =>
      `I know no time zone "${typed}". Choose one of those that I offer as you type, such as America/Sao_Paulo.`,
    missing: (channel: string, permissions: readonly string[]) =>
      `I cannot post in ${channel}: I lack ${list(permissions)}. Give me that there, then try again.`,
    permissions: {
      'view-channel': '"View Channel"',
      'send-messages': '"Send Messages"',
      'attach-files': '"Attach Files"',
      'read-message-history': '"Read Message History"',
    },
    none: 'Nothing is posted every day here. `/daily set` changes that.',
    shown: (channel: string, time: string, zone: string, book: string, kind: string) =>
      `Every day at ${time} (${zone}) in ${channel}: ${book}, ${kind}.`,
    next: (when: string) => `Next: ${when} by your own clock`,
    late: (when: string) =>
      `Next: it was due ${when}; I post it as soon as I can within six hours of that`,
    pausedOnRequest: 'Paused: `/daily resume` takes it up again.',
    pausedByRefusals:
      'Paused, because Discord refused three times: see that I may post there, then `/daily resume`.',
    last: (when: string, link: string) => `Last: ${when}, ${link}`,
    noneYet: 'Last: none yet',
    lastError: (day: string, why: string) => `Last error: ${day} was skipped, ${why}`,
    noError: 'Last error: none',
    why: {
      missed: 'because I was not running until more than six hours after its time',
      changed: 'because I was interrupted, and then the schedule was no longer what it had been',
      refused: 'because Discord refused it',
      unknown: 'because I was interrupted and cannot tell whether it was posted',
      failed: 'because there was nothing to post',
    },
    notMade: 'its text could not be written; my log says why',
    paused: 'I post nothing until `/daily resume`.',
    resumed: (when: string) => `I post again. The next time is ${when} by your own clock.`,
    removed: 'I post no more, and have forgotten what was set.',
    posted: (channel: string) =>
      `Posted in ${channel}. This one is extra: the daily one comes as it was set.`,
    notPosted: (channel: string, why: string) => `Discord did not take it in ${channel}: ${why}`,
    maybePosted: (channel: string) =>
      `Discord did not answer in time: look into ${channel}, it may be there.`,
    toldPaused: (channel: string) =>
      `I was to post every day in ${channel}, and Discord has refused three times in a row. I have paused it: see that the channel is there and that I may view it and write in it, then use /daily resume, or /daily set with another channel.`,
  },

  model: {
    none: 'No network has learnt anything yet.',
    serves: (title: string, run: number) => `**${title}**, run ${run}`,
    size: (network: string, parameters: number) =>
      `${network}, ${whole(parameters)} numbers learnt`,
    figure: (figure: number) => `${bits(figure)} bits a character on chapters that it has not read`,
    noFigure: 'never judged on chapters that it has not read',
    made: (when: string, passes: number) =>
      `made ${when}, after ${decimal(passes)} readings of the book`,
    onlyOne: 'the only network of this book',
    best: (count: number) => `the best of ${count} networks of this book`,
    better: (run: number, figure: number) => `run ${run} does better: ${bits(figure)}`,
    training: (run: number, step: number, steps: number | null) =>
      steps === null
        ? `Training now: run ${run}, step ${whole(step)}`
        : `Training now: run ${run}, step ${whole(step)} of ${whole(steps)}`,
    paused: (run: number) => `Run ${run} is waiting`,
    idle: 'Nothing is being trained',
    choice: (run: number, network: string, figure: number | null, serves: boolean) =>
      `run ${run}: ${network}${figure === null ? '' : `, ${bits(figure)} bits`}${serves ? ', serves now' : ''}`,
    curve:
      'Bits a character over the readings of the book: thin while it trained, dots where it was judged',
    axis: 'readings of the book',
    unit: 'bits a character',
  },

  help: (names: { readonly command: string; readonly about: string }[]) =>
    [
      'I am a scribe: small networks on one computer, that learnt books one character at a time, go on from your words.',
      '',
      ...names.map(({ command, about }) => `**/${command}** ${about}`),
      '',
      'Under each text: **Again** writes another, **Continue** goes on, **Delete** takes it away. Everything I write says so, and what it has from the book word for word.',
    ].join('\n'),
  privacy: [
    '**What I keep**',
    '- Texts that I wrote for someone, with their seed, their settings, and the ids of who asked, the channel and the server: for thirty days, so that the buttons under them work. Then they are deleted.',
    "- A server's daily verse: the channel, the time, and the id of who set it, until `/daily remove`; which days were posted, in which channel, and the text, for ninety days.",
    '- Nothing else: what you write to `/whose` is not kept, and I read no messages but the commands that you give me. Where I was interrupted while I posted a daily verse, I look for it among the latest messages of its channel, and keep none of them.',
    '',
    'All of it lies in one file on the computer that runs me, and goes to nobody. When a server removes me, everything of it is deleted at once.',
  ].join('\n'),

  console: {
    welcome:
      'The bot as Discord would show it. Type /help, or /bible seed:In the beginning; the number of a button presses it; Ctrl-D leaves.',
    unknown: 'There is no such command. /help names them all.',
    deleted: '(The message is gone.)',
    onlyYou: '(Only you would see this.)',
  },
};

/** All that the bot says, in one language. */
export type Words = typeof en;
