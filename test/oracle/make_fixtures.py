"""Makes fixtures/pytorch.json: what PyTorch computes, in double precision, for small networks of every kind.

    python3 -m venv venv && venv/bin/pip install torch numpy
    venv/bin/python test/oracle/make_fixtures.py

Weights, images and labels come from an integer hash that test/oracle/numbers.ts has too, so the file holds results only:
for each tensor its norm, its products with two pseudo-random vectors and a few of its elements. The networks are written
here from the papers, apart from the TypeScript ones; only the parameters' names are shared.
"""

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as functional
from torch import nn

STEPS = 10
SAMPLES = 6
BASE = {"classes": 10, "batches": [6] * (STEPS - 1) + [4], "rate": 0.05, "momentum": 0.9}
CASES = [
    dict(version="v1", block="basic", depth=8, size=[16, 16, 3], decay=1e-3, decayAll=True, clip=1.0),
    dict(version="v2", block="basic", depth=8, size=[12, 20, 1], decay=1e-2, decayAll=False, clip=None),
    dict(version="v1", block="bottleneck", depth=11, size=[9, 13, 3], decay=1e-2, decayAll=True, clip=None),
    dict(version="v2", block="bottleneck", depth=11, size=[16, 16, 3], decay=1e-3, decayAll=False, clip=0.5),
    dict(version="v1", block="basic", depth=14, size=[11, 8, 1], decay=0, decayAll=True, clip=100.0),
    dict(version="v2", block="basic", depth=14, size=[8, 8, 1], decay=1e-3, decayAll=True, clip=1.0),
    dict(version="v1", block="bottleneck", depth=20, size=[12, 16, 2], decay=1e-3, decayAll=False, clip=2.0, rate=0.02),
    dict(version="v2", block="bottleneck", depth=20, size=[12, 15, 3], decay=1e-3, decayAll=True, clip=None, rate=0.02),
]


def hashed(seed, count):
    """Uniform numbers in [0, 1): MurmurHash3's finish of index and seed."""
    x = (np.arange(count, dtype=np.uint64) + np.uint64(seed) * np.uint64(0x9E3779B1)) & np.uint64(0xFFFFFFFF)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        x ^= x >> np.uint64(shift)
        x = (x * np.uint64(factor)) & np.uint64(0xFFFFFFFF)
    x ^= x >> np.uint64(16)
    return x.astype(np.float64) / 2**32


def name_seed(name):
    """FNV-1a."""
    value = 0x811C9DC5
    for letter in name:
        value = ((value ^ ord(letter)) * 0x01000193) & 0xFFFFFFFF
    return value


class UnitV1(nn.Module):
    def __init__(self, inside, outside, channels, stride, bottleneck):
        super().__init__()
        self.sizes = [(1, 1), (3, stride), (1, 1)] if bottleneck else [(3, stride), (3, 1)]
        widths = [inside] + [channels] * (len(self.sizes) - 1) + [outside]
        for i, (window, step) in enumerate(self.sizes):
            self.add_module(f"conv{i + 1}", conv(widths[i], widths[i + 1], window, step))
            self.add_module(f"bn{i + 1}", nn.BatchNorm2d(widths[i + 1]))
        if stride != 1 or inside != outside:
            self.shortcut = nn.ModuleDict({"conv": conv(inside, outside, 1, stride), "bn": nn.BatchNorm2d(outside)})

    def forward(self, x):
        y = x
        for i in range(len(self.sizes)):
            y = getattr(self, f"bn{i + 1}")(getattr(self, f"conv{i + 1}")(y))
            if i + 1 < len(self.sizes):
                y = functional.relu_(y)
        if hasattr(self, "shortcut"):
            x = self.shortcut["bn"](self.shortcut["conv"](x))
        return functional.relu_(y + x)


class UnitV2(nn.Module):
    def __init__(self, inside, outside, channels, stride, bottleneck):
        super().__init__()
        self.sizes = [(1, 1), (3, stride), (1, 1)] if bottleneck else [(3, stride), (3, 1)]
        widths = [inside] + [channels] * (len(self.sizes) - 1) + [outside]
        for i, (window, step) in enumerate(self.sizes):
            self.add_module(f"bn{i + 1}", nn.BatchNorm2d(widths[i]))
            self.add_module(f"conv{i + 1}", conv(widths[i], widths[i + 1], window, step))
        if stride != 1 or inside != outside:
            self.shortcut = nn.ModuleDict({"conv": conv(inside, outside, 1, stride)})

    def forward(self, x):
        shortcut, y = x, x
        for i in range(len(self.sizes)):
            y = functional.relu_(getattr(self, f"bn{i + 1}")(y))
            if i == 0 and hasattr(self, "shortcut"):
                shortcut = self.shortcut["conv"](y)
            y = getattr(self, f"conv{i + 1}")(y)
        return y + shortcut


def conv(inside, outside, window, stride):
    return nn.Conv2d(inside, outside, window, stride, window // 2, bias=False)


class Network(nn.Module):
    def __init__(self, version, block, depth, size, classes):
        super().__init__()
        bottleneck = block == "bottleneck"
        units = (depth - 2) // (9 if bottleneck else 6)
        self.version = version
        self.stem = nn.ModuleDict({"conv": conv(size[2], 16, 3, 1)})
        if version == "v1":
            self.stem["bn"] = nn.BatchNorm2d(16)
        inside = 16
        for stage, channels in enumerate((16, 32, 64), 1):
            outside = channels * (4 if bottleneck else 1)
            made = {}
            for unit in range(1, units + 1):
                stride = 2 if stage > 1 and unit == 1 else 1
                kind = UnitV1 if version == "v1" else UnitV2
                made[f"unit{unit}"] = kind(inside, outside, channels, stride, bottleneck)
                inside = outside
            self.add_module(f"stage{stage}", nn.ModuleDict(made))
        self.head = nn.ModuleDict()
        if version == "v2":
            self.head["bn"] = nn.BatchNorm2d(inside)
        self.head["dense"] = nn.Linear(inside, classes)

    def forward(self, x):
        x = self.stem["conv"](x)
        if self.version == "v1":
            x = functional.relu_(self.stem["bn"](x))
        for stage in (self.stage1, self.stage2, self.stage3):
            for unit in stage.values():
                x = unit(x)
        if self.version == "v2":
            x = functional.relu_(self.head["bn"](x))
        return self.head["dense"](x.mean((2, 3)))


def our_name(name):
    owner, own = name.rsplit(".", 1)
    if owner.split(".")[-1].startswith("bn"):
        own = {"weight": "gamma", "bias": "beta", "running_mean": "mean", "running_var": "variance"}[own]
    return f"{owner}.{own}"


def to_ours(tensor):
    """Convolutions [out, in, height, width] -> [height, width, in, out]; the dense layer [out, in] -> [in, out]."""
    values = tensor.detach().numpy()
    if values.ndim == 4:
        return values.transpose(2, 3, 1, 0)
    return values.T if values.ndim == 2 else values


def from_ours(values, tensor):
    shape = tensor.shape
    if len(shape) == 4:
        return values.reshape(shape[2], shape[3], shape[1], shape[0]).transpose(3, 2, 0, 1)
    return values.reshape(shape[1], shape[0]).T if len(shape) == 2 else values.reshape(shape)


def start_value(name, tensor, seed):
    """The weights that numbers.ts gives too, as float32."""
    noise = 2 * hashed(seed, tensor.numel()) - 1
    kind = name.rsplit(".", 1)[1]
    if kind == "gamma":
        values = 1 + 0.3 * noise
    elif kind in ("beta", "bias"):
        values = 0.2 * noise
    else:
        fan_in = tensor.numel() // tensor.shape[0]
        values = noise * np.sqrt(6 / fan_in)
    return values.astype(np.float32).astype(np.float64)


def digest(tensor):
    flat = np.ascontiguousarray(to_ours(tensor)).reshape(-1).astype(np.float64)
    places = (hashed(3, SAMPLES) * flat.size).astype(int)
    return [
        float(np.linalg.norm(flat)),
        *(float(flat @ (2 * hashed(seed, flat.size) - 1)) for seed in (1, 2)),
        *(float(flat[place]) for place in places),
    ]


def batch_of(case, index):
    count, (height, width, channels) = case["batches"][index], case["size"]
    pixels = np.floor(hashed(1000 + index, count * height * width * channels) * 256)
    images = (pixels.reshape(count, height, width, channels) - 120) / 60
    labels = np.floor(hashed(2000 + index, count) * case["classes"]).astype(np.int64)
    return torch.from_numpy(images.transpose(0, 3, 1, 2).copy()), torch.from_numpy(labels)


def run(case):
    model = Network(case["version"], case["block"], case["depth"], case["size"], case["classes"]).double()
    named = {our_name(name): tensor for name, tensor in model.named_parameters()}
    with torch.no_grad():
        for name, tensor in named.items():
            values = start_value(name, tensor, name_seed(name))
            tensor.copy_(torch.from_numpy(from_ours(values, tensor).copy()))
    kernels = [tensor for tensor in named.values() if tensor.ndim > 1]
    others = [tensor for tensor in named.values() if tensor.ndim == 1]
    groups = [
        {"params": kernels, "weight_decay": case["decay"]},
        {"params": others, "weight_decay": case["decay"] if case["decayAll"] else 0},
    ]
    optimiser = torch.optim.SGD(groups, lr=case["rate"], momentum=case["momentum"])
    losses, global_norms, correct, first = [], [], [], {}
    for index in range(STEPS):
        images, labels = batch_of(case, index)
        optimiser.zero_grad()
        logits = model(images)
        loss = functional.cross_entropy(logits, labels)
        loss.backward()
        if index == 0:
            first = {name: digest(tensor.grad) for name, tensor in named.items()}
        norm = torch.linalg.vector_norm(torch.stack([tensor.grad.norm() for tensor in named.values()]))
        if case["clip"] is not None:
            nn.utils.clip_grad_norm_(named.values(), case["clip"])
        optimiser.step()
        losses.append(loss.item())
        global_norms.append(norm.item())
        correct.append(int((logits.argmax(1) == labels).sum()))
    statistics = {
        our_name(name): digest(tensor) for name, tensor in model.named_buffers() if "running" in name
    }
    model.eval()
    images, labels = batch_of(case, 0)
    with torch.no_grad():
        logits = model(images)
    return {
        **case,
        "losses": losses,
        "globalNorms": global_norms,
        "correct": correct,
        "gradients": first,
        "parameters": {name: digest(tensor) for name, tensor in named.items()},
        "momenta": {name: digest(optimiser.state[tensor]["momentum_buffer"]) for name, tensor in named.items()},
        "statistics": statistics,
        "evaluation": {
            "lossSum": functional.cross_entropy(logits, labels, reduction="sum").item(),
            "correct": int((logits.argmax(1) == labels).sum()),
        },
    }


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return [rounded(item) for item in value] if isinstance(value, list) else value


if __name__ == "__main__":
    torch.manual_seed(0)
    results = [rounded(run({**BASE, **case})) for case in CASES]
    target = pathlib.Path(__file__).parent / "fixtures" / "pytorch.json"
    lines = ",\n".join(json.dumps(result) for result in results)
    target.write_text(f'{{"madeBy": "test/oracle/make_fixtures.py, PyTorch {torch.__version__}", "cases": [\n{lines}\n]}}\n')
    print(f"{target}: {target.stat().st_size} bytes")
