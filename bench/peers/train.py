"""How many tokens a second PyTorch learns from: whole steps of truncated backpropagation."""

import argparse
import time

import numpy
import torch
from torch import nn

from network import CELLS, Network, detached
from report import report

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--ids", required=True, help="a file of token ids, two bytes each")
parser.add_argument("--cell", choices=CELLS, default="lstm")
for size in ("vocabulary", "embedding", "hidden", "batch", "unroll"):
    parser.add_argument(f"--{size}", type=int, required=True)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--seconds", type=float, default=8, help="how long to measure, after five steps of warm-up")
options = parser.parse_args()

torch.set_num_threads(options.threads)
torch.manual_seed(1)
network = Network(options.cell, options.vocabulary, options.embedding, options.hidden)
optimizer = torch.optim.Adam(network.parameters(), lr=2e-3, fused=True)

text = torch.from_numpy(numpy.fromfile(options.ids, dtype="<u2").astype(numpy.int32))
lane = len(text) // options.batch
lanes = text[: lane * options.batch].view(options.batch, lane)
windows = (lane - 1) // options.unroll


def step(number, hidden):
    start = number % windows * options.unroll
    window = lanes[:, start : start + options.unroll + 1].t().long()
    logits, hidden = network(window[:-1], hidden)
    loss = nn.functional.cross_entropy(logits.view(-1, options.vocabulary), window[1:].reshape(-1))
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return loss.item(), detached(hidden)


hidden = None
steps = 0
for _ in range(5):
    loss, hidden = step(steps, hidden)
    steps += 1
measured = 0
begin = time.perf_counter()
while (elapsed := time.perf_counter() - begin) < options.seconds:
    loss, hidden = step(steps, hidden)
    steps += 1
    measured += 1

report(
    tokensPerSecond=measured * options.batch * options.unroll / elapsed,
    steps=steps,
    loss=loss,
)
