"""Trains with PyTorch on the CPU; peer.ts says how it is spoken to."""

import argparse
import json
import pathlib
import resource
import sys
import time

import torch
from torch import nn

sys.dont_write_bytecode = True
sys.path.append(str(pathlib.Path(__file__).parents[2] / "oracle"))
from make_fixtures import Network, hashed  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("--depth", type=int)
parser.add_argument("--batch-size", type=int)
parser.add_argument("--layout", choices=["default", "channels_last"])
parser.add_argument("--recompute", choices=["off"])
parser.add_argument("--precision", choices=["float32"])
arguments = parser.parse_args()

torch.manual_seed(1)
layout = torch.channels_last if arguments.layout == "channels_last" else torch.contiguous_format
model = Network("v2", "basic", arguments.depth, [32, 32, 3], 10).to(memory_format=layout)
optimiser = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, weight_decay=1e-4)
count = arguments.batch_size
pixels = torch.from_numpy((hashed(1000, count * 32 * 32 * 3) * 256).astype("uint8")).reshape(count, 32, 32, 3)
labels = torch.from_numpy((hashed(2000, count) * 10).astype("int64"))


def step():
    images = ((pixels.float() - 120) / 60).permute(0, 3, 1, 2).contiguous(memory_format=layout)
    optimiser.zero_grad()
    loss = nn.functional.cross_entropy(model(images), labels)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 5.0)
    optimiser.step()
    return loss.item()


for line in sys.stdin:
    times = []
    for _ in range(int(line)):
        start = time.perf_counter()
        step()
        times.append((time.perf_counter() - start) * 1000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    pages = int(pathlib.Path("/proc/self/statm").read_text().split()[1]) if sys.platform == "linux" else 0
    print(json.dumps({"ms": times, "peakBytes": peak, "nowBytes": pages * resource.getpagesize()}), flush=True)
