"""Reads a network that `escriba export` wrote as .safetensors (by PyTorch) and as .onnx (by ONNX Runtime), and a text.

The text is tokenized by Hugging Face's `tokenizers` with the tokenizer in the metadata. Prints the number of tokens and
what the whole text costs by each in bits, from a hidden state of zero after a newline: {"tokens", "torch", "onnx"}.
"""

import argparse
import json

import numpy
import onnxruntime
import torch
from tokenizers import Tokenizer

import safetensors_file
from network import Network

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--safetensors", required=True)
parser.add_argument("--onnx", required=True)
parser.add_argument("--text", required=True, help="a file")
options = parser.parse_args()

arrays, metadata = safetensors_file.read(options.safetensors)
session = onnxruntime.InferenceSession(options.onnx)
own = session.get_modelmeta().custom_metadata_map
for name in ("config", "vocabulary", "tokenizer"):
    if own[name] != metadata[name]:
        raise SystemExit(f"The two files have different metadata: {name}.")

tokenizer = Tokenizer.from_str(metadata["tokenizer"])
with open(options.text, encoding="utf-8", newline="") as file:
    ids = tokenizer.encode("\n" + file.read()).ids

config = json.loads(metadata["config"])
network = Network(config["cell"], config["vocabularySize"], config["embedding"], config["hidden"], config["layers"])
network.load_state_dict({name: torch.from_numpy(array) for name, array in arrays.items()})
with torch.inference_mode():
    logits, _ = network(torch.tensor(ids[:-1]).unsqueeze(1))
    nats = torch.nn.functional.cross_entropy(logits.squeeze(1), torch.tensor(ids[1:]), reduction="sum").item()

zero = numpy.zeros([1, config["hidden"]], numpy.float32)
states = {each.name: zero for each in session.get_inputs() if each.name != "ids"}
outputs = ["logits", *(f"next.{name}" for name in states)]
onnx_nats = 0.0
for this, following in zip(ids, ids[1:]):
    logits, *after = session.run(outputs, {"ids": numpy.array([this]), **states})
    states = dict(zip(states, after))
    row = logits[0].astype(numpy.float64)
    onnx_nats += row.max() + numpy.log(numpy.exp(row - row.max()).sum()) - row[following]

bits = numpy.log(2)
print(json.dumps({"tokens": len(ids) - 1, "torch": nats / bits, "onnx": onnx_nats / bits}))
