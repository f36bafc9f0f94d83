import type { BotInfo } from '../src/store/bot-heartbeat.ts';

/** What the bot counts, in the text form that Prometheus reads (exposition format 0.0.4). */
export function metricsOf(info: BotInfo): string {
  const { delays } = info;
  const metrics: readonly (readonly [name: string, about: string, value: number])[] = [
    ['escriba_bot_connected', 'Whether the bot is on Discord.', Number(info.connected)],
    ['escriba_bot_servers', 'Servers that have added the bot.', info.servers],
    ['escriba_bot_waiting', 'Requests that wait for an answer.', info.waiting],
    ['escriba_bot_requests_total', 'Commands, buttons and forms.', info.requests],
    ['escriba_bot_cooldowns_total', 'Requests refused by a cooldown.', info.cooldowns],
    ['escriba_bot_turned_away_total', 'Requests refused by a full queue.', info.turnedAway],
    ['escriba_bot_texts_total', 'Texts written.', info.texts],
    ['escriba_bot_posts_total', 'Daily posts made.', info.posts],
    ['escriba_bot_failures_total', 'Requests that failed.', info.failures],
    ...(delays
      ? ([
          [
            'escriba_bot_answer_median_seconds',
            'Median time of the last 100 answers.',
            delays.middle / 1000,
          ],
          [
            'escriba_bot_answer_longest_seconds',
            'Longest time of the last 100 answers.',
            delays.longest / 1000,
          ],
        ] as const)
      : []),
    ['process_start_time_seconds', 'When the process began, since 1970.', info.started / 1000],
    ['process_resident_memory_bytes', 'Memory of the process.', process.memoryUsage.rss()],
    [
      'process_cpu_seconds_total',
      'Processor time of the process.',
      (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
    ],
  ];
  return metrics
    .flatMap(([name, about, value]) => [
      `# HELP ${name} ${about}`,
      `# TYPE ${name} ${name.endsWith('_total') ? 'counter' : 'gauge'}`,
      `${name} ${value}`,
      '',
    ])
    .join('\n');
}
