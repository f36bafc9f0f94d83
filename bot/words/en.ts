import type { Language } from '../../data/language.ts';
import { listOf, numbers } from './format.ts';

const { whole, bits, decimal } = numbers('en');
const list = listOf('en');

/** All that the bot says, in English. */
export const en = {
  language: languageOf('en'),
  languageName: 'English',
  whole,
  bits,
  decimal,
  list,
  ownTitle: (name: string) => `the text "${name}"`,
  day: (day: Date) =>
    new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(day),

  commands: {
    write: 'A network that learned another text continues your words',
    verse: 'Look up a real verse or passage, by reference or by words in it',
    whose: 'Find out which book a text sounds like',
    daily: 'A verse every day in a channel of this server',
    dailySet: 'Post a verse every day',
    dailyShow: 'Show the schedule and how the last post went',
    dailyPause: 'Pause the daily verse',
    dailyResume: 'Resume the daily verse',
    dailyRemove: 'Stop the daily verse and delete its settings',
    dailyNow: 'Post one now, to see how it looks',
    settings: 'How I behave in this server: language, texts, cooldown, word filter, notes',
    settingsSet: 'Change one or more settings',
    settingsShow: 'Show the settings',
    settingsReset: 'Go back to the default settings',
    game: 'Real or invented? Tell a verse of the book from one that a network made up',
    gamePlay: 'A real verse and an invented one: which is real?',
    gameScores: 'Who in this server tells them apart best',
    model: 'The networks that write: how large, how good, how old, and how they learned',
    help: 'What I can do',
    privacy: 'What I keep about you, and how to get it or delete it',
    privacyShow: 'What I keep, and for how long',
    privacyExport: 'Get everything I keep about you, as a file',
    privacyDelete: 'Delete everything I keep about you',
  },
  examples: {
    write: '/write corpus:poems seed:Night',
    verse: '/verse passage:John 3:16-18',
    whose: '/whose text:And it came to pass',
    game: '/game play',
    daily: '/daily set channel:#verses time:08:30 timezone:Lisbon kind:real',
    settings: '/settings set language:English',
    model: '/model',
    privacy: '/privacy export',
  },
  options: {
    seed: 'What the text begins with',
    lines: 'How many lines',
    temperature: 'How adventurous: 0 plays it safe, 1 is normal, 1.5 is wild',
    model: 'Use a different network',
    corpus: 'The text that the network learned',
    text: 'Some words',
    passage: 'A reference, such as John 3:16-18 or 1 Cor 13, or words that are in it',
    verseBook: 'In which book (default: the Bible)',
    channel: 'Where to post',
    time: 'When, such as 08:30',
    days: 'On which days, such as weekdays or mon, wed (default: every day)',
    look: 'As text, or as a picture of an old page (default: text)',
    role: 'A role to mention with each post',
    publish: 'In an announcement channel: send each post to those that follow it',
    schedule: 'Which of the daily posts, where there are several',
    scheduleToSet:
      'Which of the daily posts to change, or a new one (default: the one in that channel)',
    timezone: 'Time zone, such as America/Sao_Paulo: start typing a city',
    book: 'From which book (default: the Bible)',
    language: 'The language of posts and of answers that everybody sees',
    texts: 'Which texts can be used here, with commas between (default: all)',
    cooldown: 'How many seconds each person waits between two texts (0: only the general limit)',
    filter: 'Whether words are filtered from what people give me and from what I write',
    words:
      'More words to filter, with commas between; end one in * for all that begin so; none for none',
    sign: 'How much I say under an invented text; that it is invented, I always say',
    what: 'Of you, or of this server (for those who may manage it)',
    kind: 'Real verses from the book, or ones that the network invents',
  },
  choices: {
    written: 'invented by the network',
    real: 'real, from the book itself',
    text: 'text',
    card: 'a picture of an old page',
    yes: 'yes',
    no: 'no',
    mine: 'everything you keep about me',
    server: 'everything you keep about this server',
  },
  buttons: {
    again: 'Again',
    change: 'Change…',
    continue: 'Continue',
    delete: 'Delete',
    really: 'What it really says',
  },

  written: {
    by: (disclaimer: string, network: string, run: number) =>
      `Invented by a neural network, ${disclaimer} (${network}, run ${run})`,
    sign: (disclaimer: string) => `Invented by a neural network, ${disclaimer}`,
    disclaimer: 'not from the text it learned',
    invented: '(invented)',
    bits: (figure: number) => `${bits(figure)} bits per character`,
    quotes: (reference: string, length: number) =>
      `quotes ${reference}, ${whole(length)} characters`,
    borrows: (length: number) => `longest phrase copied from the book: ${whole(length)} characters`,
    borrowsNothing: 'nothing copied from the book',
    notCompared: (title: string) =>
      `not checked against the book: the text of ${title} is not on this machine`,
    readAs: (pairs: readonly { readonly from: string; readonly to: string }[]) =>
      `The network read ${pairs.map(({ from, to }) => `${from} as ${to}`).join(', ')}`,
    leftOut: (characters: readonly string[]) => `The network does not know ${characters.join(' ')}`,
    madeNothing: 'The network ended its text before the first character. Try another seed.',
  },

  refusals: {
    noNetwork: (title: string) =>
      `No network has learned ${title} yet. Whoever hosts me can train one with \`escriba train\`.`,
    noNetworks:
      'No network has learned anything yet. Whoever hosts me can train one with `escriba train bible`.',
    noSuchModel: (typed: string, title: string) =>
      `There is no network "${typed}" for ${title}. Pick one from the list that appears as you type.`,
    noSuchCorpus: (typed: string, known: readonly string[], books: readonly string[]) =>
      known.length > 0
        ? `No network has learned a text called "${typed}". There are: ${list(known)}.`
        : `No network has learned another text here yet; the books have commands of their own: ${list(books)}. Whoever hosts me can add a text with \`escriba corpus add\` and train on it.`,
    noText: (title: string, name: string) =>
      `The text of ${title} is not on this machine. Whoever hosts me can fetch it with \`escriba corpus fetch ${name}\`.`,
    personCooldown: (when: string) => `That was a lot in a short time. You can ask again ${when}.`,
    serverCooldown: (when: string) =>
      `This server asked for a lot in a short time. It can ask again ${when}.`,
    tooMany: (minutes: number) =>
      `Too many people are asking at once: it would be about ${minutes === 1 ? 'a minute' : `${whole(minutes)} minutes`} until your turn. Please try again later.`,
    notThisServer: 'Whoever hosts me has not opened me to this server.',
    forgotten:
      'I no longer have this text: I keep each for thirty days, unless it is deleted before that.',
    notYours: 'Only the person who asked for this text, or a moderator, can delete it.',
    noWords: 'There are no words in this message.',
    unknownCharacters:
      "There is nothing to compare: the networks don't all know any of these characters.",
  },

  verse: {
    nothing: (typed: string, title: string) => `I found nothing for "${typed}" in ${title}.`,
    found: (count: number, typed: string, title: string) =>
      `${title}: ${whole(count)} passages have "${typed}".`,
    more: (count: number) => `${whole(count)} more`,
  },

  whose: {
    likeliest: (title: string) => `That sounds most like **${title}**.`,
    hardToTell: (first: string, second: string) =>
      `Hard to tell: it could be **${first}** as well as **${second}**.`,
    neither: (count: number) =>
      count === 1
        ? 'That sounds like nothing I have read.'
        : `That sounds like ${count === 2 ? 'neither' : 'none'} of the books I have read.`,
    only: (title: string) => `There is only one network here to ask, that of **${title}**.`,
    figure: (title: string, figure: number) => `${title}: ${bits(figure)} bits per character`,
    surprising: 'The words that surprised the network most are underlined:',
    explained: (count: number) =>
      `Many to one: the whole text goes in, one figure comes out; fewer bits mean less surprise. Computed over the ${count === 1 ? 'one character' : `${whole(count)} characters`} that all of the networks know`,
  },

  waiting: (ahead: number, seconds: number) =>
    `I'm on it. ${ahead === 1 ? 'One request is' : `${whole(ahead)} requests are`} ahead of yours: about ${whole(seconds)} seconds.`,

  form: {
    title: 'Write it differently',
    seed: 'What the text begins with',
    temperature: 'How adventurous (0 to 1.5)',
    figure: decimal,
  },

  game: {
    title: 'Real or invented?',
    question: (when: string) =>
      `One of these is in the book; a neural network invented the other. Which one is real? The answer comes ${when}.`,
    isReal: (choice: number) => `${choice} is real`,
    another: 'Another round',
    right: (choice: number, reference: string, disclaimer: string) =>
      `**Right!** ${choice} is real: ${reference}. The other one was invented by a neural network, ${disclaimer}.`,
    wrong: (choice: number, reference: string, disclaimer: string) =>
      `**Fooled!** ${choice} is the real one: ${reference}. Yours was invented by a neural network, ${disclaimer}.`,
    surprise: (figures: readonly number[]) =>
      `How much they surprise the network: ${list(figures.map((figure, place) => `${place + 1} by ${bits(figure)}`))} bits per character`,
    real: (reference: string) => `**Real**: ${reference}`,
    chosen: (choice: number) => `You have already chosen ${choice}. The answer comes in a moment.`,
    saw: (players: string) => `Got it right: ${players}.`,
    fooled: (players: string) => `Fooled: ${players}.`,
    nobodyChose: 'Nobody made a choice.',
    notMade:
      'The network wrote nothing usable: it copied the book or never came to an end. Try again.',
    scores: 'Real or invented? The scores of this server',
    score: (rank: number, player: string, won: number, played: number) =>
      `${rank}. ${player}: ${whole(won)} of ${whole(played)}`,
    noScores: 'Nobody has played here yet: `/game play` begins a round.',
    noScoresHere: 'Scores are kept in servers that have added me.',
  },

  daily: {
    invented: (title: string) => `${title} (invented)`,
    inTurn: (titles: readonly string[]) => `${list(titles)} in turn`,
    /** The days of the week by their places, Monday's is 0. */
    days: (places: readonly number[]) => {
      const known: Readonly<Record<string, string>> = {
        '0,1,2,3,4,5,6': 'every day',
        '0,1,2,3,4': 'on weekdays',
        '5,6': 'on weekends',
      };
      return known[places.join()] ?? `every ${list(places.map((place) => weekdays[place] ?? ''))}`;
    },
    set: (days: string, channel: string, time: string, zone: string, next: string) =>
      `From now on I'll post in ${channel} ${days} at ${time} (${zone}). Next post: ${next} (your time).`,
    oneOf: (number: number, count: number) =>
      `This is daily post ${number}; this server has ${count}.`,
    numbered: (number: number) => `**Daily post ${number}**`,
    choice: (number: number, time: string, days: string, book: string) =>
      `${number}: ${book}, ${days} at ${time}`,
    allSchedules: 'all of them',
    anotherSchedule: 'a new one',
    which: (choices: readonly string[]) =>
      [
        'Which one? Name it with `schedule:` and its number.',
        ...choices.map((each) => `- ${each}`),
      ].join('\n'),
    noSchedule: (typed: string) =>
      `There is no daily post "${typed}" here. \`/daily show\` lists them with their numbers.`,
    tooMany: (most: number) =>
      `A server can have ${most} daily posts. Remove one with \`/daily remove\` first.`,
    badDays: (typed: string) =>
      `"${typed}" names no days. Write them as weekdays, mon-fri, or sat, sun.`,
    notPublished: (channel: string) =>
      `${channel} is not an announcement channel, so nothing in it can be published.`,
    everyone: "I don't mention everyone. Pick a role that people choose to have.",
    notMentionable: (role: string) =>
      `The mention of ${role} notifies people only if you let anyone mention it (server settings, Roles), or let me mention all roles.`,
    asCard: 'as a picture',
    mentions: (role: string) => `mentioning ${role}`,
    published: 'published to followers',
    nothingSuits: (title: string) => `No passage of ${title} suits a daily post here.`,
    badTime: (typed: string) => `"${typed}" is not a valid time. Write it as 08:30, or 8:30 pm.`,
    badZone: (typed: string) =>
      `I don't know the time zone "${typed}". Pick one from the list that appears as you type, such as America/Sao_Paulo.`,
    whichZone: (typed: string, zones: readonly string[]) =>
      `"${typed}" could be several time zones: ${zones.join(', ')}. Pick one from the list that appears as you type.`,
    badBook: (typed: string) =>
      `I have no text called "${typed}". Pick one from the list that appears as you type.`,
    missing: (channel: string, permissions: readonly string[]) =>
      `I can't post in ${channel}: I'm missing ${list(permissions)} there. Grant it and try again.`,
    permissions: {
      'view-channel': '"View Channel"',
      'send-messages': '"Send Messages"',
      'send-messages-in-threads': '"Send Messages in Threads"',
      'attach-files': '"Attach Files"',
      'read-message-history': '"Read Message History"',
    },
    none: 'There is no daily post here yet. `/daily set` sets one up.',
    shown: (days: string, channel: string, time: string, zone: string, what: readonly string[]) =>
      `${capital(days)} at ${time} (${zone}) in ${channel}: ${what.join(', ')}.`,
    next: (when: string) => `Next: ${when} (your time)`,
    late: (when: string) =>
      `Next: it was due ${when}; I'll post it as soon as I can, up to six hours late`,
    pausedOnRequest: 'Paused: use `/daily resume` to go on.',
    pausedByRefusals: (count: number) =>
      `Paused, because Discord refused ${count === 1 ? 'it for good' : `${whole(count)} times`}: check that I'm allowed to post there, then use \`/daily resume\`.`,
    last: (when: string, link: string) => `Last: ${when}, ${link}`,
    noneYet: 'Last: none yet',
    lastError: (day: string, why: string) => `Last error: ${day} was skipped: ${why}`,
    noError: 'Last error: none',
    why: {
      missed: 'I was offline until more than six hours after it was due',
      changed: 'I was interrupted, and then the schedule had changed',
      refused: 'Discord refused it',
      unknown: 'I was interrupted and cannot tell whether it was posted',
      failed: 'there was nothing to post',
    },
    notMade: 'its text could not be written; my log says why',
    paused: (count: number) =>
      `Paused${count === 1 ? '' : `: ${whole(count)} daily posts`}. I won't post until \`/daily resume\`.`,
    resumed: (when: string) => `Resumed. Next post: ${when} (your time).`,
    removed: 'Stopped. The settings are deleted.',
    posted: (channel: string) =>
      `Posted in ${channel}. This was an extra; the daily verse still comes on schedule.`,
    notPosted: (channel: string, why: string) => `Discord refused the post in ${channel}: ${why}`,
    maybePosted: (channel: string) =>
      `Discord did not answer in time: check ${channel}, it may have been posted.`,
    toldGone:
      'The channel where I was to post every day is gone. I have paused the daily post: use /daily set with another channel, or /daily remove.',
    refusal: {
      'channel-gone': 'the channel is gone',
      'no-permission': 'I may not write there',
      'auto-mod': "this server's AutoMod blocked it",
      'thread-closed': 'the thread is closed',
      'tag-needed': 'the forum wants a tag on every post',
    },
    toldPaused: (channel: string) =>
      `I am supposed to post every day in ${channel}, and Discord has refused three times in a row. I have paused it: check that the channel still exists and that I may view it and write in it, then use /daily resume, or /daily set with another channel.`,
  },

  settings: {
    on: 'on',
    off: 'off',
    languages: {
      server: 'the language of this server in Discord',
      asker: "each person's own",
    },
    signs: {
      full: 'in full (the network, its figure, what it copied)',
      short: 'short (what it copied)',
      shortest: 'shortest (only that it is invented)',
    },
    inDiscord: (name: string) => `${name}, as this server has it in Discord`,
    noneInDiscord: "each person's own, since this server has set none in Discord",
    allTexts: 'all',
    kept: '**Saved. The settings of this server:**',
    asUsual: '**Back to the default settings:**',
    manyWords: (most: number) => `That is too many words: I can filter up to ${most}.`,
    language: (name: string) => `Language: ${name}`,
    texts: (names: string) => `Texts: ${names}`,
    cooldown: (seconds: number) =>
      seconds === 0
        ? 'Cooldown: only the general limit'
        : `Cooldown: each person waits ${seconds === 1 ? 'a second' : `${whole(seconds)} seconds`} between two texts`,
    filter: (filtered: boolean, words: readonly string[]) => {
      if (!filtered) return 'Word filter: off';
      return words.length === 0
        ? 'Word filter: on, with the standard list'
        : `Word filter: on, with the standard list and ||${words.join(', ')}||`;
    },
    sign: (how: string) => `Note under an invented text: ${how}`,
    textOff: (title: string) => `This server has turned ${title} off.`,
    filteredWords: 'That has a word that this server filters.',
    filteredText: 'What came out has a word that this server filters. Try again.',
  },

  model: {
    none: 'No network has learned anything yet.',
    serves: (title: string, run: number) => `**${title}**, run ${run}`,
    size: (network: string, parameters: number) => `${network}, ${whole(parameters)} parameters`,
    figure: (figure: number) => `${bits(figure)} bits per character on parts that it never read`,
    noFigure: 'never measured on parts that it never read',
    made: (when: string, passes: number) => `made ${when}, after ${readings(passes)} of the text`,
    cameAlong: (passes: number) => `came with the program, after ${readings(passes)} of the text`,
    onlyOne: 'the only network of this text',
    best: (count: number) => `the best of ${count} networks of this text`,
    better: (run: number, figure: number) => `run ${run} does better: ${bits(figure)}`,
    training: (run: number, step: number, steps: number | null) =>
      steps === null
        ? `Training now: run ${run}, step ${whole(step)}`
        : `Training now: run ${run}, step ${whole(step)} of ${whole(steps)}`,
    paused: (run: number) => `Run ${run} is paused`,
    idle: 'No training in progress',
    choice: (run: number, network: string, figure: number | null, serves: boolean) =>
      `run ${run}: ${network}${figure === null ? '' : `, ${bits(figure)} bits per character`}${serves ? ', in use now' : ''}`,
    curve:
      'Bits per character over the readings of the text: a thin line while it trained, dots where it was measured',
    axis: 'readings of the text',
    unit: 'bits per character',
  },

  help: (names: { readonly command: string; readonly about: string; readonly example: string }[]) =>
    [
      'I am a scribe: small neural networks that have learned books a few letters at a time and go on from whatever you write.',
      '',
      ...names.map(({ command, about, example }) => `${command} ${about}: \`${example}\``),
      '',
      'Under each text: **Again** writes another, **Change** with another seed, **Continue** goes on, **Delete** removes it. Every text says that a network invented it, and what it copied from the book.',
    ].join('\n'),
  privacy: {
    policy: [
      '**What I keep**',
      '- Texts that I wrote for someone, with their seed and settings, and the ids of who asked, the channel and the server: for thirty days, so that the buttons under them work.',
      "- A server's settings, until `/settings reset`. Its daily verse: the channel, the time, and the id of who set it, until `/daily remove`; which days were posted, in which channel, and the text, for ninety days.",
      '- What you chose in `/game`, and the rounds that you began, for thirty days; your score in a server, until you delete it.',
      '- Nothing else: what you write to `/whose` is not kept, and I read no messages but the commands that you give me and the one message that you choose in its menu (what **Continue this** continues is kept as the seed). Where I was interrupted while I posted a daily verse, I look for it among the latest messages of its channel, and keep none of them.',
      '',
      'All of it lies in one file on the computer that runs me, and is shared with nobody. `/privacy export` gives you everything I keep about you, `/privacy delete` deletes it, or all of a server for those who may manage it, and **Delete** under a text deletes that one. When a server removes me, everything of it is deleted at once; if I was offline then, after seven days.',
    ].join('\n'),
    nothing: 'I keep nothing about you.',
    deletedId: 'Deleted: your id on the daily posts that you set up. They go on.',
    serverDeleted:
      'Deleted: the settings of this server, its daily posts, its scores, and all texts that I wrote here. Their messages stay until you delete them.',
    notYours: 'Only those who may manage the server can delete what I keep of it.',
    exported: (texts: number, hasPlayed: boolean) =>
      `Everything I keep about you: ${textsAndGames(texts, hasPlayed)}.`,
    deleted: (texts: number, hasPlayed: boolean) =>
      `Deleted: ${textsAndGames(texts, hasPlayed)}.${texts > 0 ? ' The messages stay until you delete them.' : ''}`,
  },

  console: {
    welcome:
      'The bot as Discord would show it. Type /help, or /bible seed:In the beginning; type the number of a button to press it; Ctrl-D leaves.',
    unknown: 'There is no such command. /help lists them all.',
    noButton: (number: string) =>
      `The last answer has no button ${number}, and those of older answers can no longer be pressed here.`,
    form: '(Type what you change: seed:Behold temperature:1.2)',
    deleted: '(Message deleted.)',
    onlyYou: '(Only you would see this.)',
  },
};

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function languageOf(language: Language): Language {
  return language;
}

function textsAndGames(texts: number, hasPlayed: boolean): string {
  return list([
    ...(texts > 0 ? [texts === 1 ? 'one text' : `${whole(texts)} texts`] : []),
    ...(hasPlayed ? ['your games', 'your scores'] : []),
  ]);
}

function readings(passes: number): string {
  return passes === 1 ? '1 reading' : `${decimal(passes)} readings`;
}

/** All that the bot says, in one language. */
export type Words = typeof en;
