"""Makes a network of random weights with PyTorch's nn.LSTM or nn.RNN, for `escriba import FILE` to load.

Prints its logits after each of some characters, from a hidden state of zero, as JSON: {"ids": [...], "logits": [[V] ...]}.
"""

import argparse
import json

import torch

import safetensors_file
from network import Network

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--file", required=True)
parser.add_argument("--cell", choices=("lstm", "classic"), default="lstm")
parser.add_argument("--embedding", type=lambda given: None if given == "one-hot" else int(given), default=16)
parser.add_argument("--hidden", type=int, default=32)
parser.add_argument("--layers", type=int, default=1)
parser.add_argument("--vocabulary", default="\n abcdefghijklmnopqrstuvwxyz", help="its characters (newline, space, a to z)")
parser.add_argument("--characters", type=int, default=50, help="how many characters to give it (50)")
parser.add_argument("--random-seed", type=int, default=1)
options = parser.parse_args()

torch.manual_seed(options.random_seed)
vocabulary = sorted(set(options.vocabulary))
network = Network(options.cell, len(vocabulary), options.embedding, options.hidden, options.layers)
ids = torch.randint(len(vocabulary), (options.characters,))
with torch.inference_mode():
    logits, _ = network(ids.unsqueeze(1))

config = {
    "cell": options.cell,
    "vocabularySize": len(vocabulary),
    "embedding": options.embedding or "one-hot",
    "hidden": options.hidden,
    "layers": options.layers,
}
safetensors_file.write(
    options.file,
    {name: tensor.detach().numpy() for name, tensor in network.state_dict().items()},
    {"config": json.dumps(config), "vocabulary": json.dumps(vocabulary)},
)
print(json.dumps({"ids": ids.tolist(), "logits": logits.squeeze(1).tolist()}))
