"""The common architectures in one dimension, as the authors use them, for PyTorch. This loads what "train --save" writes:

    import numpy, torch, architectures
    file = numpy.load("weights.npz")
    net = architectures.network("vgg11", channels=10, classes=10)
    net.load_state_dict({k: torch.from_numpy(file[k]) for k in file.files if k != "record.json"}, strict=False)
    net.eval()  # net(x): x of examples x channels x cells, as "dataset --dense" writes it; logits

What stays missing in the state are batch norm's counts of batches, which nothing needs.
"""
import glob, json, os, sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

VGG11 = [64, "M", 128, "M", 256, 256, "M", 512, 512, "M", 512, 512, "M"]
VGG16 = [64, 64, "M", 128, 128, "M", 256, 256, 256, "M", 512, 512, 512, "M", 512, 512, 512, "M"]


class VGG(nn.Module):
    def __init__(self, table, channels, classes, scaled):
        super().__init__()
        layers = []
        for out in table:
            if out == "M":
                layers.append(nn.MaxPool1d(2, 2))
                continue
            layers += [nn.Conv1d(channels, scaled(out), 3, padding=1), nn.BatchNorm1d(scaled(out)), nn.ReLU()]
            channels = scaled(out)
        self.features, self.classifier = nn.Sequential(*layers), nn.Linear(channels, classes)

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


class BasicBlock(nn.Module):
    def __init__(self, channels, out, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv1d(channels, out, 3, stride, 1, bias=False), nn.BatchNorm1d(out)
        self.conv2, self.bn2 = nn.Conv1d(out, out, 3, 1, 1, bias=False), nn.BatchNorm1d(out)
        self.shortcut = nn.Sequential()
        if stride > 1 or channels != out:
            self.shortcut = nn.Sequential(nn.Conv1d(channels, out, 1, stride, bias=False), nn.BatchNorm1d(out))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(y)) + self.shortcut(x))


class ResNet(nn.Module):
    def __init__(self, blocks, channels, classes, scaled):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv1d(channels, scaled(64), 3, 1, 1, bias=False), nn.BatchNorm1d(scaled(64))
        channels = scaled(64)
        for stage, (out, count) in enumerate(zip([64, 128, 256, 512], blocks), 1):
            layer = []
            for block in range(count):
                layer.append(BasicBlock(channels, scaled(out), 2 if stage > 1 and block == 0 else 1))
                channels = scaled(out)
            setattr(self, f"layer{stage}", nn.Sequential(*layer))
        self.linear = nn.Linear(channels, classes)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        for layer in (self.layer1, self.layer2, self.layer3, self.layer4):
            x = layer(x)
        return self.linear(F.avg_pool1d(x, 4).flatten(1))


def swish(x):
    return x * torch.sigmoid(x)


class SqueezeExcite(nn.Module):
    def __init__(self, channels, hidden):
        super().__init__()
        self.se1, self.se2 = nn.Conv1d(channels, hidden, 1), nn.Conv1d(hidden, channels, 1)

    def forward(self, x):
        return x * torch.sigmoid(self.se2(swish(self.se1(F.adaptive_avg_pool1d(x, 1)))))


class Inverted(nn.Module):
    def __init__(self, channels, expand, out, kernel, stride):
        super().__init__()
        wide = expand * channels
        self.expand, self.skip = expand > 1, stride == 1 and channels == out
        self.conv1, self.bn1 = nn.Conv1d(channels, wide, 1, bias=False), nn.BatchNorm1d(wide)
        self.conv2, self.bn2 = nn.Conv1d(wide, wide, kernel, stride, kernel // 2, groups=wide, bias=False), nn.BatchNorm1d(wide)
        self.se = SqueezeExcite(wide, max(1, channels // 4))
        self.conv3, self.bn3 = nn.Conv1d(wide, out, 1, bias=False), nn.BatchNorm1d(out)

    def forward(self, x):
        y = swish(self.bn1(self.conv1(x))) if self.expand else x
        y = self.bn3(self.conv3(self.se(swish(self.bn2(self.conv2(y))))))
        return y + x if self.skip else y


class EfficientNet(nn.Module):
    TABLE = [(1, 16, 1, 3, 1), (6, 24, 2, 3, 2), (6, 40, 2, 5, 2), (6, 80, 3, 3, 2), (6, 112, 3, 5, 1), (6, 192, 4, 5, 2), (6, 320, 1, 3, 1)]

    def __init__(self, channels, classes, scaled):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv1d(channels, scaled(32), 3, 1, 1, bias=False), nn.BatchNorm1d(scaled(32))
        blocks, channels = [], scaled(32)
        for expand, out, count, kernel, stride in self.TABLE:
            for block in range(count):
                blocks.append(Inverted(channels, expand, scaled(out), kernel, stride if block == 0 else 1))
                channels = scaled(out)
        self.layers, self.dropout, self.linear = nn.Sequential(*blocks), nn.Dropout(0.2), nn.Linear(channels, classes)

    def forward(self, x):
        x = F.adaptive_avg_pool1d(self.layers(swish(self.bn1(self.conv1(x)))), 1)
        return self.linear(self.dropout(x.flatten(1)))


def network(kind, channels, classes, width=64):
    """A network for as many cells as the authors', 36, or about as many. 64 is the published width."""
    scaled = lambda published: max(1, (published * width + 32) // 64)
    return {
        "vgg11": lambda: VGG(VGG11, channels, classes, scaled),
        "vgg16": lambda: VGG(VGG16, channels, classes, scaled),
        "resnet18": lambda: ResNet([2, 2, 2, 2], channels, classes, scaled),
        "resnet34": lambda: ResNet([3, 4, 6, 3], channels, classes, scaled),
        "efficientnetb0": lambda: EfficientNet(channels, classes, scaled),
    }[kind]()


class Mask(nn.Module):
    """Dropout with the mask we used."""

    def __init__(self, mask):
        super().__init__()
        self.mask = mask

    def forward(self, x):
        return x * self.mask.view_as(x) if self.training else x


def load(path):
    file = np.load(path)
    return {k: torch.from_numpy(file[k]) for k in file.files}


def difference(path):
    """The largest difference of a logit or a loss, as a share of the largest, and of a tensor's step in training."""
    case = json.load(open(path))
    net = network(case["network"]["kind"], case["task"]["v"], case["task"]["nc"], case["network"]["width"])
    before, after = load(path[:-5] + ".npz"), load(path[:-5] + ".after.npz")
    missing, unexpected = net.load_state_dict(before, strict=False)
    assert not unexpected and all(name.endswith("num_batches_tracked") for name in missing), (missing, unexpected)
    x, labels = torch.tensor(case["x"]).view(case["batch"], -1, case["task"]["v"]).transpose(1, 2).contiguous(), torch.tensor(case["labels"])
    logits = torch.tensor(case["logits"]).view(case["batch"], -1)
    with torch.no_grad():
        outputs = net.eval()(x)
    off = [float((outputs - logits).abs().max() / logits.abs().max())]
    if case["mask"]:
        net.dropout = Mask(torch.tensor(case["mask"]))
    optimizer = torch.optim.SGD(net.parameters(), lr=case["rate"], momentum=case["momentum"])
    loss = F.cross_entropy(net.train()(x), labels)
    loss.backward()
    optimizer.step()
    off.append(abs(float(loss) / case["losses"][0] - 1))
    state, learned = net.state_dict(), {name for name, _ in net.named_parameters()}
    size = lambda x: float(x.abs().max())
    largest = max(size(after[name] - before[name]) for name in learned)
    for name in before:
        mine, theirs = after[name] - before[name], state[name] - before[name]
        if name in learned and size(theirs) < 1e-5 * largest:  # 0 but for rounding, as of biases before a batch norm
            off.append(0 if size(mine) < 1e-4 * largest else 1)
        elif name in learned:
            off.append(size(mine - theirs) / size(theirs))
        else:  # moments; some means are 0 but for rounding
            off.append(size(mine - theirs) / max(size(theirs), 1e-2))
    return max(off)


def check(directory):
    """A ReLU at 0 may fall on the other side in PyTorch, which moves gradients more than rounding does: the best of a
    network's examples must agree to rounding, the others roughly."""
    kinds = {}
    for path in sorted(glob.glob(os.path.join(directory, "*-*.json"))):
        kinds.setdefault(os.path.basename(path).split("-")[0], []).append(difference(path))
    for kind, off in kinds.items():
        if not (min(off) < 1e-4 and max(off) < 0.2):
            sys.exit(f"{kind}: outputs or gradients differ by {', '.join(f'{x:.2g}' for x in off)}; want less than 1e-4 of one example")
        print(f"# checked {kind} of PyTorch, outputs and gradients: they differ from ours by {min(off):.2g} and at most {max(off):.2g}")
    if not kinds:
        sys.exit(f"{directory}: no examples")


if __name__ == "__main__":
    check(sys.argv[1])
