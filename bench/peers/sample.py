"""How many characters a second PyTorch draws at temperature 0.8, all streams together."""

import argparse
import time

import torch
from torch import nn

from report import report

TEMPERATURE = 0.8


class Layer(nn.Module):
    """nn.LSTM, a window of one character at a time."""

    def __init__(self, vocabulary, embedding, hidden, streams):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding)
        self.rnn = nn.LSTM(embedding, hidden)
        self.linear = nn.Linear(hidden, vocabulary)
        self.state = torch.zeros(1, streams, hidden), torch.zeros(1, streams, hidden)

    def forward(self, ids):
        outputs, self.state = self.rnn(self.embedding(ids).unsqueeze(0), self.state)
        return self.linear(outputs[0])


class Cell(nn.Module):
    """nn.LSTMCell in a loop."""

    def __init__(self, vocabulary, embedding, hidden, streams):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding)
        self.cell = nn.LSTMCell(embedding, hidden)
        self.linear = nn.Linear(hidden, vocabulary)
        self.state = torch.zeros(streams, hidden), torch.zeros(streams, hidden)

    def forward(self, ids):
        self.state = self.cell(self.embedding(ids), self.state)
        return self.linear(self.state[0])


class Hand(nn.Module):
    """Written by hand: the input's product is a row of a table made once, the gates are one product, all in place."""

    def __init__(self, vocabulary, embedding, hidden, streams):
        super().__init__()
        # nn.LSTM's order i, f, g, o is changed to i, f, o, g: one sigmoid over the first three.
        self.table = nn.Linear(embedding, 4 * hidden)(torch.randn(vocabulary, embedding))
        self.recurrent = nn.Linear(hidden, 4 * hidden, bias=False).weight.t().contiguous()
        self.linear = nn.Linear(hidden, vocabulary)
        self.hidden, self.cell, self.squashed = torch.zeros(3, streams, hidden)
        self.gates = torch.empty(streams, 4 * hidden)

    def forward(self, ids):
        size = self.hidden.shape[1]
        torch.index_select(self.table, 0, ids, out=self.gates)
        self.gates.addmm_(self.hidden, self.recurrent)
        self.gates[:, : 3 * size].sigmoid_()
        self.gates[:, 3 * size :].tanh_()
        write, keep, show, candidate = self.gates.chunk(4, dim=1)
        self.cell.mul_(keep).addcmul_(write, candidate)
        torch.tanh(self.cell, out=self.squashed)
        torch.mul(show, self.squashed, out=self.hidden)
        return self.linear(self.hidden)


class Multinomial:
    def __call__(self, logits):
        return torch.multinomial(torch.softmax(logits / TEMPERATURE, dim=1), 1).squeeze(1)


class Gumbel:
    """The same distribution as the largest of logits plus Gumbel noise, which is drawn for many characters at once."""

    ahead = 64

    def __init__(self):
        self.noise = iter(())

    def __call__(self, logits):
        noise = next(self.noise, None)
        if noise is None:
            drawn = torch.empty(self.ahead, *logits.shape).exponential_().log_().mul_(-TEMPERATURE)
            self.noise = iter(drawn.unbind())
            noise = next(self.noise)
        return torch.argmax(logits + noise, dim=1)


MODELS = {"layer": Layer, "cell": Cell, "hand": Hand}
DRAWS = {"multinomial": Multinomial, "gumbel": Gumbel}

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--model", choices=MODELS, default="hand")
parser.add_argument("--draw", choices=DRAWS, default="multinomial")
for size in ("vocabulary", "embedding", "hidden", "streams"):
    parser.add_argument(f"--{size}", type=int, required=True)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--seconds", type=float, default=8, help="how long to measure, after 100 characters of warm-up")
options = parser.parse_args()

torch.set_num_threads(options.threads)
torch.manual_seed(1)
with torch.inference_mode():
    model = MODELS[options.model](options.vocabulary, options.embedding, options.hidden, options.streams)
    draw = DRAWS[options.draw]()
    ids = torch.zeros(options.streams, dtype=torch.long)
    for _ in range(100):
        ids = draw(model(ids))
    drawn = 0
    begin = time.perf_counter()
    while (elapsed := time.perf_counter() - begin) < options.seconds:
        ids = draw(model(ids))
        drawn += options.streams

report(tokensPerSecond=drawn / elapsed)
