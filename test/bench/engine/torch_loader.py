"""Makes batches with PyTorch's DataLoader from the files of data/sets.ts; peer.ts says how it is spoken to."""

import argparse
import json
import multiprocessing
import os
import pathlib
import resource
import sys
import time

import numpy
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms
from torchvision.datasets import ImageFolder

parser = argparse.ArgumentParser()
parser.add_argument("--folder", type=pathlib.Path)
parser.add_argument("--workers", type=int)
parser.add_argument("--batch-size", type=int)
arguments = parser.parse_args()


class Pixels(Dataset):
    """The images of a safetensors file, mapped into memory and changed as torchvision's CIFAR10 does it."""

    def __init__(self, file):
        with open(file, "rb") as opened:
            length = int.from_bytes(opened.read(8), "little")
            tensors = json.loads(opened.read(length))
        read = lambda name, kind: numpy.memmap(
            file, kind, "r", 8 + length + tensors[name]["data_offsets"][0], tuple(tensors[name]["shape"])
        )
        self.images, self.labels = read("images", "uint8"), read("labels", "int32")
        steps = [transforms.RandomCrop(32, padding=4), transforms.RandomHorizontalFlip(), transforms.PILToTensor()]
        self.change = transforms.Compose(steps)

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        return self.change(Image.fromarray(self.images[index])), int(self.labels[index])


def pictures(folder):
    steps = [transforms.RandomResizedCrop(224), transforms.RandomHorizontalFlip(), transforms.PILToTensor()]
    return ImageFolder(folder, transforms.Compose(steps))


def endless(loader):
    while True:
        yield from loader


def cpu_milliseconds():
    """Of this process and its workers; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0
    pids = [os.getpid(), *(child.pid for child in multiprocessing.active_children())]
    fields = [pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(each[11]) + int(each[12]) for each in fields) * 1000 / os.sysconf("SC_CLK_TCK")


torch.manual_seed(1)
root = arguments.folder / "pictures"
data = pictures(root) if root.exists() else Pixels(arguments.folder / "train.safetensors")
loader = DataLoader(data, arguments.batch_size, shuffle=True, num_workers=arguments.workers, persistent_workers=True)
batches = endless(loader)

for line in sys.stdin:
    times = []
    for _ in range(int(line)):
        start = time.perf_counter()
        next(batches)
        times.append((time.perf_counter() - start) * 1000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    answer = {"ms": times, "peakBytes": peak, "nowBytes": 0, "cpuMs": cpu_milliseconds()}
    print(json.dumps(answer), flush=True)
