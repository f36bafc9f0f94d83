import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./escriba_torch.py', import.meta.url));

/** How many processes compute, and where. */
export interface Placement {
  /** On each machine. */
  readonly processes: number;
  /** Machines. */
  readonly nodes: number;
  /** Where the machines find each other, `host:port`; none of a single one. */
  readonly rendezvous?: string | undefined;
}

/** Whether one of these processes has Escriba's run at the other end of its pipe, or all compute for another machine's. */
type Part = 'leads' | 'joins';

/** The words after `python` that start the processes of this machine: several, or with others, by `torchrun`. */
export function wordsToStart({ processes, nodes, rendezvous }: Placement, part: Part): string[] {
  if (processes * nodes === 1) return [script];
  const meeting =
    nodes === 1
      ? ['--standalone', '--local-addr=127.0.0.1']
      : [
          ...['--rdzv-backend=c10d', `--rdzv-endpoint=${rendezvous}`, '--rdzv-id=escriba'],
          `--rdzv-conf=is_host=${part === 'leads'}`,
        ];
  return [
    ...['-m', 'torch.distributed.run', ...meeting],
    ...[`--nnodes=${nodes}`, `--nproc-per-node=${processes}`],
    // Escriba begins again from its last checkpoint, not `torchrun` from nothing.
    ...['--max-restarts=0', script],
  ];
}

/**
 * The environment that those processes are started in.
 *
 * @param threads processors to compute with, of all processes of this machine
 */
export function environmentOf(
  threads: number,
  { processes, nodes }: Placement,
  part: Part,
): Record<string, string | undefined> {
  const several = processes * nodes > 1;
  return {
    // On one machine nothing goes over its network.
    ...(nodes === 1 && several && { GLOO_SOCKET_IFNAME: loopback() }),
    // How long a thread of OpenMP spins while it waits. Without end, a small operation of two threads takes 6.3 ms, not
    // 0.27, where anything else computes; not at all, two threads train no faster than one.
    GOMP_SPINCOUNT: '20000',
    ...process.env,
    OMP_NUM_THREADS: String(Math.max(1, Math.floor(threads / processes))),
    ESCRIBA_PART: part,
  };
}

/** The name of this machine's interface to itself. */
function loopback(): string | undefined {
  return Object.entries(networkInterfaces()).find(([, addresses]) =>
    addresses?.some(({ internal }) => internal),
  )?.[0];
}
