"""The machine's own rate: single-precision products of two square matrices, in floating-point operations a second."""

import argparse
import time

import torch

from report import report

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--size", type=int, default=2048)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--seconds", type=float, default=1)
options = parser.parse_args()

torch.set_num_threads(options.threads)
left, right = torch.rand(2, options.size, options.size)
product = left @ right
products = 0
begin = time.perf_counter()
while (elapsed := time.perf_counter() - begin) < options.seconds:
    torch.mm(left, right, out=product)
    products += 1

report(flops=products * 2 * options.size**3 / elapsed)
