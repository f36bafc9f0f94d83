"""How well PyTorch's nn.LSTM learns a text in so many minutes, by the recipe of an Escriba training.

That is: biases of zero, locked dropout after the layer, Adam, clipped gradients, a warm-up and a cosine, and a moving
average of the weights, which is what is judged. Whatever the settings say, there is no dropout of recurrent weights, which
nn.LSTM does not have, and no BPE-dropout: the text comes encoded. The minutes count training alone.
Reports the bits of each held-out part in whole.
"""

import argparse
import json
import math
import time

import numpy
import torch
from torch import nn

from network import Network, detached
from report import report

# As src/text/scoring-lanes.ts has it: lanes side by side, each primed with the tokens before it, unscored.
LANES = 64
PRIME = 256

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--network", type=json.loads, required=True, help="the configuration, as JSON")
parser.add_argument("--settings", type=json.loads, required=True, help="the settings of a training, as JSON")
for part in ("training", "validation", "test"):
    parser.add_argument(f"--{part}", required=True, help="a file of token ids, two bytes each")
parser.add_argument("--newline", type=int, required=True, help="the id of the line end")
parser.add_argument("--minutes", type=float, required=True)
parser.add_argument("--threads", type=int, default=1)
options = parser.parse_args()
settings = options.settings
batch, unroll = settings["batch"], settings["unroll"]

torch.set_num_threads(options.threads)
torch.manual_seed(settings["randomSeed"])


def ids_of(path):
    return torch.from_numpy(numpy.fromfile(path, dtype="<u2").astype(numpy.int64))


def make_network():
    config = options.network
    network = Network(
        config["cell"], config["vocabularySize"], config["embedding"], config["hidden"], config["layers"]
    )
    for name, parameter in network.named_parameters():
        if "bias" in name:
            nn.init.zeros_(parameter)
    return network


def dropped(values):
    """The same units of a lane left out at each step: one mask [1, B, H]."""
    keep = 1 - settings["dropout"]
    return values * torch.bernoulli(torch.full_like(values[:1], keep)) / keep


def forward(network, inputs, hidden):
    outputs, hidden = network.rnn(network.embedding(inputs), hidden)
    return network.linear(dropped(outputs)), hidden


def rate(share, step):
    """Of a share of the time, 0 to 1: a linear warm-up by steps, then half a cosine."""
    final = settings["finalRatio"]
    warm = min(1.0, step / settings["warmUp"])
    return settings["learningRate"] * warm * (final + (1 - final) * 0.5 * (1 + math.cos(math.pi * share)))


def train(network, average):
    text = ids_of(options.training)
    optimizer = torch.optim.Adam(network.parameters(), lr=settings["learningRate"], fused=True)
    hidden, step, place, spent, used = None, 0, len(text), 0.0, 0
    while spent < 60 * options.minutes:
        begin = time.perf_counter()
        if place + unroll >= len(text) // batch:
            # A pass: the lanes cut anew from another offset.
            offset = int(torch.randint(unroll, []))
            lane = (len(text) - unroll) // batch
            lanes = text[offset : offset + lane * batch].view(batch, lane)
            place, hidden = 0, None
        window = lanes[:, place : place + unroll + 1].t()
        if place // unroll % 25 == 0:
            hidden = None
        place += unroll
        logits, hidden = forward(network, window[:-1], hidden)
        hidden = detached(hidden)
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), window[1:].flatten())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), settings["clip"])
        step += 1
        for group in optimizer.param_groups:
            group["lr"] = rate(spent / (60 * options.minutes), step)
        optimizer.step()
        # Short at first, as an average of few weights.
        decay = min(settings["emaDecay"], (1 + step) / (10 + step))
        with torch.no_grad():
            for mean, value in zip(average.parameters(), network.parameters()):
                mean.lerp_(value, 1 - decay)
        spent += time.perf_counter() - begin
        used += batch * unroll
    return step, used / len(text)


def bits(network, path):
    """Of a whole part."""
    ids = ids_of(path)
    n = len(ids)
    stream = torch.cat([torch.tensor([options.newline]), ids])  # the input before token p is at p
    first = [lane * n // LANES for lane in range(LANES + 1)]
    begin = [max(0, each - PRIME + 1) for each in first[:LANES]]
    longest = max(first[lane + 1] - begin[lane] for lane in range(LANES))
    inputs = torch.full([longest, LANES], options.newline)
    targets = torch.full([longest, LANES], -100)  # is not counted
    for lane in range(LANES):
        end = first[lane + 1]
        inputs[: end - begin[lane], lane] = stream[begin[lane] : end]
        targets[first[lane] - begin[lane] : end - begin[lane], lane] = ids[first[lane] : end]
    nats, hidden = 0.0, None
    with torch.inference_mode():
        for start in range(0, longest, 256):
            logits, hidden = network(inputs[start : start + 256], hidden)
            costs = nn.functional.cross_entropy(
                logits.flatten(0, 1), targets[start : start + 256].flatten(), reduction="sum"
            )
            nats += costs.item()
    return nats / math.log(2)


network, average = make_network(), make_network()
average.load_state_dict(network.state_dict())
steps, passes = train(network, average)
report(
    validationBits=bits(average, options.validation),
    testBits=bits(average, options.test),
    steps=steps,
    passes=passes,
)
