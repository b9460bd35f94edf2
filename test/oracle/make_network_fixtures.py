"""Makes fixtures/networks.json: what PyTorch computes, in double precision, for every kind of residual unit.

    python3 -m venv venv && venv/bin/pip install torch numpy
    venv/bin/python test/oracle/make_network_fixtures.py

A case is an architecture as src/contract/architecture.ts has it. The units are written here from the papers, apart from
the TypeScript ones. Each file entry: loss and gradients of one training step, then the loss with running averages.
"""

import json
import pathlib

import torch
import torch.nn.functional as functional
from torch import nn

from make_fixtures import batch_of, conv, digest, from_ours, name_seed, our_name, rounded, start_value

CLASSES = 5
BATCH = 6


def stages(*blocks):
    """One stage a block; all but the first halve the image."""
    return [{"blocks": [{"stride": 1 if i == 0 else 2, **block}]} for i, block in enumerate(blocks)]


def basic(width, **more):
    return {"kind": "basic", "width": width, "activation": "full-preactivation", **more}


def bottleneck(width, **more):
    return {"kind": "bottleneck", "width": width, "activation": "full-preactivation", **more}


def case(title, size, *blocks, stem=None):
    return {
        "title": title,
        "size": size,
        "architecture": {"stem": {"width": 8, **(stem or {})}, "stages": stages(*blocks)},
    }


IMAGENET_STEM = {"window": 7, "stride": 2, "pool": True}
SHORTCUTS = ["zero-padding", "projection", "constant-scaling", "exclusive-gating", "shortcut-only-gating"]
CASES = [
    case("V1 basic, ImageNet stem", [21, 26, 3], basic(8, activation="original"), basic(12, activation="original"), stem=IMAGENET_STEM),
    case("V2 bottleneck, ImageNet stem", [22, 17, 3], bottleneck(4), bottleneck(6), stem=IMAGENET_STEM),
    case("V2 basic, squeeze and excitation", [9, 8, 2], basic(8, se=4, repeat=2), basic(12, se=16)),
    case("V1 bottleneck, squeeze and excitation", [8, 8, 1], bottleneck(4, se=4, activation="original"), bottleneck(6, se=8, activation="original")),
    *(
        case(f"{kind['kind']}, {order}", [8, 9, 2], {**kind, "activation": order, "repeat": 2}, {**kind, "width": 6, "activation": order})
        for kind in (basic(8), bottleneck(4))
        for order in ("bn-after-addition", "relu-before-addition", "relu-only-preactivation")
    ),
    *(
        case(f"{order}, {shortcut}", [9, 8, 2], basic(8, activation=order, shortcut=shortcut, repeat=2), bottleneck(4, activation=order, shortcut=shortcut))
        for order in ("original", "full-preactivation")
        for shortcut in SHORTCUTS
    ),
    case("V2 basic, activation before the split", [8, 8, 2], basic(8, activationBeforeSplit=True), basic(12)),
    case(
        "all mixed",
        [12, 10, 3],
        basic(6, activation="original", expansion=2),
        bottleneck(5, expansion=3, se=2, shortcut="shortcut-only-gating"),
        basic(9, activation="relu-before-addition", shortcut="projection"),
        stem={"window": 5, "width": 7, "stride": 2},
    ),
]


class Unit(nn.Module):
    """He et al. 2016, figure 4, with the shortcuts of table 1."""

    def __init__(self, inside, block, stride):
        super().__init__()
        self.order, self.kind, self.stride = block["activation"], block.get("shortcut", "identity"), stride
        self.before_split = block.get("activationBeforeSplit", False)
        width = block["width"]
        expansion = block.get("expansion", 1 if block["kind"] == "basic" else 4)
        self.out = out = width * expansion
        sizes = [(3, stride), (3, 1)] if block["kind"] == "basic" else [(1, 1), (3, stride), (1, 1)]
        self.count = len(sizes)
        widths = [inside] + [width] * (self.count - 1) + [out]
        full = self.order == "full-preactivation"
        for i, (window, step) in enumerate(sizes):
            self.add_module(f"conv{i + 1}", conv(widths[i], widths[i + 1], window, step))
            self.add_module(f"bn{i + 1}", nn.BatchNorm2d(widths[i] if full else widths[i + 1]))
        same = stride == 1 and inside == out
        padded = self.kind == "zero-padding"
        if self.kind == "projection" or (not same and not padded):
            parts = {"conv": conv(inside, out, 1, stride)}
            if self.order not in ("full-preactivation", "bn-after-addition"):
                parts["bn"] = nn.BatchNorm2d(out)
            self.shortcut = nn.ModuleDict(parts)
        if "gating" in self.kind:
            self.gate = nn.ModuleDict({"conv": nn.Conv2d(inside, out, 1, stride)})
        if "se" in block:
            inner = max(1, out // block["se"])
            self.se = nn.ModuleDict({"reduce": nn.Linear(out, inner), "expand": nn.Linear(inner, out)})

    def bn(self, x, place):
        return getattr(self, f"bn{place}")(x)

    def residual(self, x):
        """The branch's output, and what its first convolution sees."""
        order, y, entry = self.order, x, x
        for place in range(1, self.count + 1):
            last = place == self.count
            if order == "full-preactivation":
                y = functional.relu(self.bn(y, place))
            elif order == "relu-only-preactivation":
                y = functional.relu(y)
            if place == 1:
                entry = y
            y = getattr(self, f"conv{place}")(y)
            if order == "full-preactivation":
                continue
            if not (order == "bn-after-addition" and last):
                y = self.bn(y, place)
            if order == "relu-before-addition" or (order in ("original", "bn-after-addition") and not last):
                y = functional.relu(y)
        return y, entry

    def carried(self, x, entry):
        if hasattr(self, "shortcut"):
            y = self.shortcut["conv"](entry)
            return self.shortcut["bn"](y) if "bn" in self.shortcut else y
        x = entry if self.before_split else x
        if x.shape[1] == self.out and self.stride == 1:
            return x
        x = x[:, :, :: self.stride, :: self.stride]
        return functional.pad(x, (0, 0, 0, 0, 0, self.out - x.shape[1]))

    def forward(self, x):
        y, entry = self.residual(x)
        if hasattr(self, "se"):
            scale = self.se["expand"](functional.relu(self.se["reduce"](y.mean((2, 3)))))
            y = y * torch.sigmoid(scale)[:, :, None, None]
        carried = self.carried(x, entry)
        if self.kind == "constant-scaling":
            y, carried = 0.5 * y, 0.5 * carried
        if hasattr(self, "gate"):
            gate = torch.sigmoid(self.gate["conv"](entry))
            carried = (1 - gate) * carried
            if self.kind == "exclusive-gating":
                y = gate * y
        y = y + carried
        if self.order == "bn-after-addition":
            y = self.bn(y, self.count)
        return functional.relu(y) if self.order in ("original", "bn-after-addition") else y


class Network(nn.Module):
    def __init__(self, architecture, channels):
        super().__init__()
        stem = architecture["stem"]
        window, width, stride = stem.get("window", 3), stem["width"], stem.get("stride", 1)
        orders = [block["activation"] for stage in architecture["stages"] for block in stage["blocks"]]
        self.first, self.last, self.pool = orders[0], orders[-1], stem.get("pool", False)
        self.stem = nn.ModuleDict({"conv": conv(channels, width, window, stride)})
        if self.first != "full-preactivation":
            self.stem["bn"] = nn.BatchNorm2d(width)
        inside = width
        self.names = []
        for index, stage in enumerate(architecture["stages"], 1):
            made = {}
            for block in stage["blocks"]:
                for nth in range(block.get("repeat", 1)):
                    unit = Unit(inside, block, block["stride"] if nth == 0 else 1)
                    made[f"unit{len(made) + 1}"] = unit
                    inside = unit.out
            self.names.append(f"stage{index}")
            self.add_module(f"stage{index}", nn.ModuleDict(made))
        self.head = nn.ModuleDict()
        if self.last == "full-preactivation":
            self.head["bn"] = nn.BatchNorm2d(inside)
        self.head["dense"] = nn.Linear(inside, CLASSES)

    def forward(self, x):
        x = self.stem["conv"](x)
        if self.first != "full-preactivation":
            x = self.stem["bn"](x)
        if self.first not in ("full-preactivation", "relu-only-preactivation"):
            x = functional.relu(x)
        if self.pool:
            x = functional.max_pool2d(x, 3, 2, 1)
        for name in self.names:
            for unit in getattr(self, name).values():
                x = unit(x)
        if self.last == "full-preactivation":
            x = self.head["bn"](x)
        if self.last in ("full-preactivation", "relu-only-preactivation"):
            x = functional.relu(x)
        return self.head["dense"](x.mean((2, 3)))


def run(one):
    model = Network(one["architecture"], one["size"][2]).double()
    named = {our_name(name): tensor for name, tensor in model.named_parameters()}
    with torch.no_grad():
        for name, tensor in named.items():
            values = start_value(name, tensor, name_seed(name))
            tensor.copy_(torch.from_numpy(from_ours(values, tensor).copy()))
    images, labels = batch_of({"batches": [BATCH], "size": one["size"], "classes": CLASSES}, 0)
    loss = functional.cross_entropy(model(images), labels)
    loss.backward()
    model.eval()
    with torch.no_grad():
        evaluated = functional.cross_entropy(model(images), labels, reduction="sum")
    return {
        **one,
        "loss": loss.item(),
        "evaluatedLoss": evaluated.item(),
        "gradients": {name: digest(tensor.grad) for name, tensor in named.items()},
    }


if __name__ == "__main__":
    torch.manual_seed(0)
    results = [rounded(run(one)) for one in CASES]
    target = pathlib.Path(__file__).parent / "fixtures" / "networks.json"
    lines = ",\n".join(json.dumps(result) for result in results)
    target.write_text(
        f'{{"madeBy": "test/oracle/make_network_fixtures.py, PyTorch {torch.__version__}", '
        f'"classes": {CLASSES}, "batch": {BATCH}, "cases": [\n{lines}\n]}}\n'
    )
    print(f"{target}: {target.stat().st_size} bytes")
