"""Makes fixtures/drop.json: what PyTorch computes, in double precision, where residual branches are dropped in training.

    venv/bin/python test/oracle/make_drop_fixtures.py

As make_fixtures.py, whose networks it takes apart into residual and shortcut. Which branches a step drops comes from the
integer hash too. Stochastic depth (Huang et al. 2016): the branch is not run at all, its gradients are zero, and at the end
it counts with the probability that it is kept. DropPath: timm's own `drop_path`, its random numbers replaced by the hash.
"""

import json
import pathlib
import sys

import torch
import torch.nn.functional as functional
from timm.layers import drop_path
from torch import nn

sys.dont_write_bytecode = True
from make_fixtures import (  # noqa: E402
    BASE,
    STEPS,
    Network,
    batch_of,
    digest,
    from_ours,
    hashed,
    name_seed,
    our_name,
    rounded,
    start_value,
)

CASES = [
    dict(version="v1", block="basic", depth=14, size=[8, 8, 3], stochasticDepth=0.7, dropPath=None, rate=0.01),
    dict(version="v1", block="bottleneck", depth=20, size=[9, 12, 1], stochasticDepth=0.5, dropPath=None, rate=0.005),
    dict(version="v2", block="basic", depth=14, size=[12, 20, 1], stochasticDepth=0.7, dropPath=None),
    dict(version="v2", block="bottleneck", depth=20, size=[8, 12, 3], stochasticDepth=0.5, dropPath=None, rate=0.005),
    dict(version="v1", block="basic", depth=14, size=[8, 8, 1], stochasticDepth=None, dropPath=0.5),
    dict(version="v2", block="bottleneck", depth=20, size=[10, 8, 2], stochasticDepth=None, dropPath=0.3),
    dict(version="v2", block="basic", depth=14, size=[9, 9, 1], stochasticDepth=0.5, dropPath=0.4),
]
SETTINGS = {"decay": 1e-3, "decayAll": True, "clip": 1.0, "rate": 0.02}


def probabilities(case, units):
    """Of each unit: that a mini-batch drops it (Huang et al. 2016, equation 4), that an image does (timm's linear rule)."""
    whole, single = case["stochasticDepth"] or 0, case["dropPath"] or 0
    return [(whole * (i + 1) / units, single * i / (units - 1)) for i in range(units)]


def residual_v1(unit, x):
    for i in range(len(unit.sizes)):
        x = getattr(unit, f"bn{i + 1}")(getattr(unit, f"conv{i + 1}")(x))
        if i + 1 < len(unit.sizes):
            x = functional.relu(x)
    return x


def unit_v1(unit, x, branch):
    shortcut = unit.shortcut["bn"](unit.shortcut["conv"](x)) if hasattr(unit, "shortcut") else x
    return functional.relu(branch(lambda: residual_v1(unit, x), shortcut))


def residual_v2(unit, x, first):
    for i in range(len(unit.sizes)):
        x = first if i == 0 and first is not None else functional.relu(getattr(unit, f"bn{i + 1}")(x))
        x = getattr(unit, f"conv{i + 1}")(x)
    return x


def unit_v2(unit, x, branch):
    if not hasattr(unit, "shortcut"):
        return branch(lambda: residual_v2(unit, x, None), x)
    activated = functional.relu(unit.bn1(x))
    return branch(lambda: residual_v2(unit, x, activated), unit.shortcut["conv"](activated))


def training_branch(case, index, unit, units):
    whole, single = probabilities(case, units)[unit]
    is_kept = hashed(3000 + index, units)[unit] >= whole
    count = case["batches"][index]

    def branch(residual, shortcut):
        if not is_kept:
            return shortcut
        return timm_drop_path(residual(), single, hashed(4000 + index, units * count)[unit * count :]) + shortcut

    return branch


def timm_drop_path(x, probability, noise):
    """timm's function; its draw, which is above the probability for the images that stay, is the hash."""
    drawn = torch.from_numpy(noise[: x.shape[0]] >= probability).to(x.dtype)
    original = torch.Tensor.bernoulli_
    torch.Tensor.bernoulli_ = lambda self, *_: self.copy_(drawn.reshape(self.shape))
    try:
        return drop_path(x, probability, training=True, scale_by_keep=True)
    finally:
        torch.Tensor.bernoulli_ = original


def evaluation_branch(case, unit, units):
    whole, _ = probabilities(case, units)[unit]
    return lambda residual, shortcut: (1 - whole) * residual() + shortcut


def logits_of(model, images, branch_of):
    x = model.stem["conv"](images)
    if model.version == "v1":
        x = functional.relu(model.stem["bn"](x))
    stages = (model.stage1, model.stage2, model.stage3)
    units = [unit for stage in stages for unit in stage.values()]
    step = unit_v1 if model.version == "v1" else unit_v2
    for place, unit in enumerate(units):
        x = step(unit, x, branch_of(place, len(units)))
    if model.version == "v2":
        x = functional.relu(model.head["bn"](x))
    return model.head["dense"](x.mean((2, 3)))


def run(case):
    model = Network(case["version"], case["block"], case["depth"], case["size"], case["classes"]).double()
    named = {our_name(name): tensor for name, tensor in model.named_parameters()}
    with torch.no_grad():
        for name, tensor in named.items():
            tensor.copy_(torch.from_numpy(from_ours(start_value(name, tensor, name_seed(name)), tensor).copy()))
    optimiser = torch.optim.SGD(model.parameters(), lr=case["rate"], momentum=case["momentum"], weight_decay=case["decay"])
    losses, global_norms, correct, first = [], [], [], {}
    for index in range(STEPS):
        images, labels = batch_of(case, index)
        # Zeros, not None: a parameter whose branch is dropped still decays and keeps its momentum.
        for tensor in named.values():
            tensor.grad = torch.zeros_like(tensor)
        logits = logits_of(model, images, lambda unit, units: training_branch(case, index, unit, units))
        loss = functional.cross_entropy(logits, labels)
        loss.backward()
        if index == 0:
            first = {name: digest(tensor.grad) for name, tensor in named.items()}
        norm = nn.utils.clip_grad_norm_(named.values(), case["clip"])
        optimiser.step()
        losses.append(loss.item())
        global_norms.append(norm.item())
        correct.append(int((logits.argmax(1) == labels).sum()))
    statistics = {our_name(name): digest(tensor) for name, tensor in model.named_buffers() if "running" in name}
    model.eval()
    images, labels = batch_of(case, 0)
    with torch.no_grad():
        logits = logits_of(model, images, lambda unit, units: evaluation_branch(case, unit, units))
    return {
        **case,
        "losses": losses,
        "globalNorms": global_norms,
        "correct": correct,
        "gradients": first,
        "parameters": {name: digest(tensor) for name, tensor in named.items()},
        "statistics": statistics,
        "evaluation": {
            "lossSum": functional.cross_entropy(logits, labels, reduction="sum").item(),
            "correct": int((logits.argmax(1) == labels).sum()),
        },
    }


if __name__ == "__main__":
    results = [rounded(run({**BASE, **SETTINGS, **case})) for case in CASES]
    target = pathlib.Path(__file__).parent / "fixtures" / "drop.json"
    lines = ",\n".join(json.dumps(result) for result in results)
    target.write_text(f'{{"madeBy": "test/oracle/make_drop_fixtures.py, PyTorch {torch.__version__}", "cases": [\n{lines}\n]}}\n')
    print(f"{target}: {target.stat().st_size} bytes")
