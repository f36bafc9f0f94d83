import { ThreadClient, threadFile } from '../../threads/client.ts';
import { abort, abortedMessage } from './all-reduce.ts';
import type { WorkerJob } from './jobs.ts';
import type { WorkerHandlers } from './worker.ts';

export type WorkerClient = ThreadClient<WorkerHandlers>;

/** A worker for each job. Where one cannot start, the others are ended, which would keep the process alive. */
export async function startWorkers(jobs: readonly WorkerJob[]): Promise<WorkerClient[]> {
  const workers = jobs.map(start);
  try {
    await askAll(workers, (worker) => worker.call('open'));
    return workers;
  } catch (error) {
    await closeAll(workers);
    throw error;
  }
}

/**
 * What all workers answer. Waits for each of them, so that none is at work any more.
 *
 * @throws what one failed with, rather than that another had failed
 */
export async function askAll<Result>(
  workers: readonly WorkerClient[],
  ask: (worker: WorkerClient) => Promise<Result>,
): Promise<Result[]> {
  const answers = await Promise.allSettled(workers.map(ask));
  const failures = answers.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  const isSecondary = (failure: unknown) =>
    failure instanceof Error && failure.message === abortedMessage;
  if (failures.length > 0) throw failures.find((each) => !isSecondary(each)) ?? failures[0];
  return answers.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}

export async function closeAll(workers: readonly WorkerClient[]): Promise<void> {
  await Promise.all(workers.map((worker) => worker.close()));
}

function start(job: WorkerJob): WorkerClient {
  const worker = new ThreadClient<WorkerHandlers>(threadFile(import.meta.url, './worker'), {
    purpose: job.kind === 'training' ? 'trains' : 'scores',
    data: job,
  });
  if (job.kind === 'training') void worker.ended.then(() => abort(job.barrier));
  return worker;
}
