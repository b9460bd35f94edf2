"""Makes fixtures/optimisers.json: ten steps of PyTorch's optimisers, in double precision, on the networks of make_fixtures.py.

    venv/bin/pip install timm
    venv/bin/python test/oracle/make_optimiser_fixtures.py
"""

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as functional
from timm.utils import ModelEmaV2
from torch import nn

from make_fixtures import BASE, STEPS, Network, batch_of, digest, from_ours, name_seed, our_name, rounded, start_value

SGD = {"kind": "sgd", "momentum": 0.9, "nesterov": False}
ADAMW = {"kind": "adamw", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
NETWORK = dict(version="v2", block="basic", depth=8, size=[12, 10, 3], decayAll=True, clip=None, smoothing=0, average=None)
CASES = [
    dict(optimiser={**SGD, "nesterov": True}, decay=1e-3, clip=1.0),
    dict(optimiser={**SGD, "momentum": 0.5, "nesterov": True}, version="v1", decay=0),
    dict(optimiser=ADAMW, rate=1e-3, decay=0.05),
    dict(optimiser=ADAMW, rate=2e-3, decay=0.1, decayAll=False, version="v1", clip=1.0, smoothing=0.1),
    dict(optimiser={**ADAMW, "beta1": 0.0, "beta2": 0.9, "epsilon": 1e-3}, rate=1e-3, decay=0),
    dict(optimiser=SGD, decay=1e-3, smoothing=0.1),
    dict(optimiser=SGD, decay=1e-3, smoothing=0.6, version="v1", block="bottleneck", depth=11),
    dict(optimiser=SGD, decay=1e-3, average=0.8),
    dict(optimiser=ADAMW, rate=1e-3, decay=0.05, average=0.9, version="v1", clip=1.0),
]


def in_float32(value):
    """The engine's operations take the betas in float32; the moments of others would differ in the fifth digit."""
    return float(np.float32(value))


def optimiser_of(case, groups):
    chosen = case["optimiser"]
    if chosen["kind"] == "sgd":
        return torch.optim.SGD(groups, lr=case["rate"], momentum=chosen["momentum"], nesterov=chosen["nesterov"])
    betas = (in_float32(chosen["beta1"]), in_float32(chosen["beta2"]))
    return torch.optim.AdamW(groups, lr=case["rate"], betas=betas, eps=chosen["epsilon"])


def digests(tensors):
    return {our_name(name): digest(tensor) for name, tensor in tensors}


def running(model):
    return [(name, tensor) for name, tensor in model.named_buffers() if "running" in name]


def run(case):
    model = Network(case["version"], case["block"], case["depth"], case["size"], case["classes"]).double()
    named = {our_name(name): tensor for name, tensor in model.named_parameters()}
    with torch.no_grad():
        for name, tensor in named.items():
            tensor.copy_(torch.from_numpy(from_ours(start_value(name, tensor, name_seed(name)), tensor).copy()))
    groups = [
        {"params": [tensor for tensor in named.values() if tensor.ndim > 1], "weight_decay": case["decay"]},
        {
            "params": [tensor for tensor in named.values() if tensor.ndim == 1],
            "weight_decay": case["decay"] if case["decayAll"] else 0,
        },
    ]
    optimiser = optimiser_of(case, groups)
    average = None if case["average"] is None else ModelEmaV2(model, decay=case["average"])
    losses = []
    for index in range(STEPS):
        images, labels = batch_of(case, index)
        optimiser.zero_grad()
        loss = functional.cross_entropy(model(images), labels, label_smoothing=case["smoothing"])
        loss.backward()
        if case["clip"] is not None:
            nn.utils.clip_grad_norm_(named.values(), case["clip"])
        optimiser.step()
        if average is not None:
            average.update(model)
        losses.append(loss.item())
    slots = {"momentum_buffer": "momentum", "exp_avg": "firstMoment", "exp_avg_sq": "secondMoment"}
    kept = [key for key in slots if key in optimiser.state[next(iter(named.values()))]]
    evaluated = model if average is None else average.module
    evaluated.eval()
    images, labels = batch_of(case, 0)
    with torch.no_grad():
        loss_sum = functional.cross_entropy(evaluated(images), labels, reduction="sum").item()
    return {
        **case,
        "losses": losses,
        "parameters": {name: digest(tensor) for name, tensor in named.items()},
        "slots": {
            slots[key]: {name: digest(optimiser.state[tensor][key]) for name, tensor in named.items()} for key in kept
        },
        "averageParameters": {} if average is None else digests(evaluated.named_parameters()),
        "averageStatistics": {} if average is None else digests(running(evaluated)),
        "testLossSum": loss_sum,
    }


if __name__ == "__main__":
    torch.manual_seed(0)
    results = [rounded(run({**BASE, **NETWORK, **case})) for case in CASES]
    target = pathlib.Path(__file__).parent / "fixtures" / "optimisers.json"
    lines = ",\n".join(json.dumps(result) for result in results)
    made_by = f"test/oracle/make_optimiser_fixtures.py, PyTorch {torch.__version__}"
    target.write_text(f'{{"madeBy": "{made_by}", "cases": [\n{lines}\n]}}\n')
    print(f"{target}: {target.stat().st_size} bytes")
