"""Makes fixtures/weights.json: what torchvision's and timm's own modules compute from weights with their names.

    python3 -m venv venv && venv/bin/pip install torch torchvision timm
    venv/bin/python test/oracle/make_weights_fixtures.py

Weights, images and labels come from the hash of make_fixtures.py, in PyTorch's names and layouts, so the file holds results
only. The networks are torchvision's ResNet (V1) and timm's ResNetV2 (V2) with the sizes of the CIFAR family, and their own
models of the ImageNet family.
"""

import json
import pathlib

import numpy as np
import timm
import torch
import torchvision
import torch.nn.functional as functional
from make_fixtures import hashed, name_seed, rounded
from timm.layers import BatchNormAct2d, create_conv2d
from timm.models.resnetv2 import ResNetV2
from torch import nn
from torchvision.models import resnet

SAMPLES = 6
CASES = [
    dict(version="v1", block="basic", depth=8, size=[16, 16, 3], classes=10, count=6),
    dict(version="v2", block="basic", depth=8, size=[12, 20, 1], classes=7, count=5),
    dict(version="v1", block="bottleneck", depth=11, size=[9, 13, 3], classes=10, count=6),
    dict(version="v2", block="bottleneck", depth=20, size=[16, 16, 3], classes=100, count=4),
    dict(version="v1", block="basic", depth=18, size=[64, 64, 3], classes=20, count=3),
    dict(version="v2", block="bottleneck", depth=50, size=[64, 64, 3], classes=20, count=3),
]


def build(case):
    if case["size"][0] >= 64:
        if case["version"] == "v1":
            return getattr(torchvision.models, f"resnet{case['depth']}")(num_classes=case["classes"])
        return timm.create_model(f"resnetv2_{case['depth']}", num_classes=case["classes"])
    bottleneck, channels, classes = case["block"] == "bottleneck", case["size"][2], case["classes"]
    units = (case["depth"] - 2) // (9 if bottleneck else 6)
    if case["version"] == "v2":
        widths = [width * (4 if bottleneck else 1) for width in (16, 32, 64)]
        model = ResNetV2(
            [units] * 3, widths, classes, channels, stem_chs=16, basic=not bottleneck,
            bottle_ratio=0.25 if bottleneck else 1.0, norm_layer=BatchNormAct2d, conv_layer=create_conv2d,
        )
        model.stem = nn.Sequential()
        model.stem.add_module("conv", nn.Conv2d(channels, 16, 3, 1, 1, bias=False))
        return model
    block = resnet.Bottleneck if bottleneck else resnet.BasicBlock
    model = resnet.ResNet(block, [units] * 4, classes)
    model.inplanes = 16
    model.conv1 = nn.Conv2d(channels, 16, 3, 1, 1, bias=False)
    model.bn1 = nn.BatchNorm2d(16)
    model.maxpool = nn.Identity()
    for stage, width in enumerate((16, 32, 64), 1):
        setattr(model, f"layer{stage}", model._make_layer(block, width, units, 1 if stage == 1 else 2))
    model.layer4 = nn.Identity()
    model.fc = nn.Linear(64 * block.expansion, classes)
    return model


def start_value(name, tensor, is_norm):
    """The weights that weights.test.ts gives too, as float32, in PyTorch's order."""
    noise = 2 * hashed(name_seed(name), tensor.numel()) - 1
    leaf = name.rsplit(".", 1)[1]
    if leaf == "weight" and not is_norm:
        values = noise * np.sqrt(6 / (tensor.numel() // tensor.shape[0]))
    elif leaf == "weight":
        values = 1 + 0.3 * noise
    elif leaf == "running_var":
        values = 1 + 0.5 * noise
    else:
        values = 0.2 * noise
    return torch.from_numpy(values.astype(np.float32).astype(np.float64).reshape(tuple(tensor.shape)))


def digest(tensor):
    flat = tensor.detach().numpy().reshape(-1)
    places = (hashed(3, SAMPLES) * flat.size).astype(int)
    return [
        float(np.linalg.norm(flat)),
        *(float(flat @ (2 * hashed(seed, flat.size) - 1)) for seed in (1, 2)),
        *(float(flat[place]) for place in places),
    ]


def run(case):
    model = build(case).double()
    shapes = {}
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            if name.endswith("num_batches_tracked"):
                continue
            shapes[name] = list(tensor.shape)
            tensor.copy_(start_value(name, tensor, tensor.ndim == 1))
    count, (height, width, channels) = case["count"], case["size"]
    images = (2 * hashed(1, count * height * width * channels) - 1).astype(np.float32).astype(np.float64)
    images = torch.from_numpy(images.reshape(count, height, width, channels).transpose(0, 3, 1, 2).copy())
    labels = torch.from_numpy(np.floor(hashed(2, count) * case["classes"]).astype(np.int64))

    model.eval()
    with torch.no_grad():
        inference = model(images)
    model.train()
    logits = model(images)
    loss = functional.cross_entropy(logits, labels)
    loss.backward()
    gradients = {name: tensor.grad for name, tensor in model.named_parameters()}
    norm = torch.linalg.vector_norm(torch.stack([gradient.norm() for gradient in gradients.values()]))
    return {
        **case,
        "shapes": shapes,
        "loss": loss.item(),
        "globalNorm": norm.item(),
        "logits": logits.tolist(),
        "inferenceLogits": inference.tolist(),
        "gradients": {name: digest(gradient) for name, gradient in gradients.items()},
    }


if __name__ == "__main__":
    results = [rounded(run(case)) for case in CASES]
    target = pathlib.Path(__file__).parent / "fixtures" / "weights.json"
    lines = ",\n".join(json.dumps(result) for result in results)
    made_by = f"test/oracle/make_weights_fixtures.py, PyTorch {torch.__version__}"
    target.write_text(f'{{"madeBy": "{made_by}", "cases": [\n{lines}\n]}}\n')
    print(f"{target}: {target.stat().st_size} bytes")
