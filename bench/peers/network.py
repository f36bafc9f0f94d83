"""The network as PyTorch users write it: embedding or one-hot, nn.LSTM / nn.GRU / nn.RNN, a linear layer."""

import torch
from torch import nn

CELLS = {"lstm": nn.LSTM, "gru": nn.GRU, "classic": nn.RNN}


class Network(nn.Module):
    """Character ids [T, B] to logits [T, B, V]. An `embedding` of None is one-hot."""

    def __init__(self, cell, vocabulary, embedding, hidden, layers=1):
        super().__init__()
        self.vocabulary = vocabulary
        self.embedding = nn.Embedding(vocabulary, embedding) if embedding else None
        self.rnn = CELLS[cell](embedding or vocabulary, hidden, layers)
        self.linear = nn.Linear(hidden, vocabulary)

    def forward(self, ids, hidden=None):
        if self.embedding is None:
            inputs = nn.functional.one_hot(ids, self.vocabulary).float()
        else:
            inputs = self.embedding(ids)
        outputs, hidden = self.rnn(inputs, hidden)
        return self.linear(outputs), hidden


def detached(hidden):
    """The hidden state (an LSTM's is a pair), carried on without its history."""
    if isinstance(hidden, tuple):
        return tuple(part.detach() for part in hidden)
    return hidden.detach()
