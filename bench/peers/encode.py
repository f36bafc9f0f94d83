"""Encodes a text by a tokenizer.json with Hugging Face's `tokenizers`.

Prints {"ids": [...], "text": what the ids decode to}.
"""

import argparse
import json

from tokenizers import Tokenizer

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--tokenizer", required=True, help="a tokenizer.json")
parser.add_argument("--text", required=True, help="a file")
options = parser.parse_args()

tokenizer = Tokenizer.from_file(options.tokenizer)
with open(options.text, encoding="utf-8", newline="") as file:
    ids = tokenizer.encode(file.read()).ids
print(json.dumps({"ids": ids, "text": tokenizer.decode(ids)}))
