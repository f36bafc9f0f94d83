"""Loads a network that `escriba export RUN --to FILE.safetensors` wrote into PyTorch's nn.LSTM or nn.RNN.

Prints its logits after each of the given characters, from a hidden state of zero, as JSON: {"logits": [[V] ...]}.
With --gradients it also writes those of its mean loss at every next character, under the names of the weights.
"""

import argparse
import json

import torch

import safetensors_file
from network import Network

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--file", required=True)
parser.add_argument("--ids", type=json.loads, default=[0, 1, 2], help="character ids as a JSON array ([0, 1, 2])")
parser.add_argument("--gradients", help="the safetensors file to write them to")
options = parser.parse_args()

arrays, metadata = safetensors_file.read(options.file)
vocabulary, hidden = arrays["linear.weight"].shape
if len(json.loads(metadata["vocabulary"])) != vocabulary:
    raise SystemExit(f"The vocabulary in the metadata does not have the {vocabulary} characters of the network.")
gates = len(arrays["rnn.weight_ih_l0"]) // hidden
embedding = arrays["embedding.weight"].shape[1] if "embedding.weight" in arrays else None
layers = sum(name.startswith("rnn.weight_ih_l") for name in arrays)

network = Network({4: "lstm", 1: "classic"}[gates], vocabulary, embedding, hidden, layers)
network.load_state_dict({name: torch.from_numpy(array) for name, array in arrays.items()})
with torch.inference_mode():
    logits, _ = network(torch.tensor(options.ids).unsqueeze(1))
if options.gradients:
    ids = torch.tensor(options.ids)
    predicted, _ = network(ids[:-1].unsqueeze(1))
    torch.nn.functional.cross_entropy(predicted.squeeze(1), ids[1:]).backward()
    gradients = {name: parameter.grad.numpy() for name, parameter in network.named_parameters()}
    # A file's two biases are summed to one, whose gradient each of them has.
    gradients = {name: array * ("bias_hh" not in name) for name, array in gradients.items()}
    safetensors_file.write(options.gradients, gradients, metadata)
print(json.dumps({"logits": logits.squeeze(1).tolist()}))
