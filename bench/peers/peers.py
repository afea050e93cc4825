"""The networks of the paper as one would write them with PyTorch, one thread: checked against ours, and timed.

    peers.py describe          which PyTorch this is and what it computes with
    peers.py check DIR         compare a step of every example in DIR with ours
    peers.py time SECONDS      time products and steps; their names come as lines on standard input

Ways to apply a layer whose patches do not overlap: "bmm", a batched product over patches; "loop", a product for
each patch; "broadcast", all products at once and then their sum, as the authors do it; for the convolutional
network "matmul", one product for all patches, and "conv".
"""
import glob, itertools, json, os, sys, time

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np
import torch

torch.set_num_threads(1)
torch.set_num_interop_threads(1)
torch.manual_seed(1)

WAYS = {"lcn": ["bmm", "loop", "broadcast"], "cnn": ["matmul", "conv"]}
LARGEST = 2 << 30  # bytes of one intermediate result


class Network(torch.nn.Module):
    """L layers on patches of s(s0+1) children, z = Wx/sqrt(channels below) + 0.1 b, and a readout over the width."""

    def __init__(self, case, way):
        super().__init__()
        task, net = case["task"], case["network"]
        self.way, self.cnn, self.width = way, net["kind"] == "cnn", net["width"]
        self.patch = task["s"] * (task["s0"] + 1)
        self.weights, self.biases = torch.nn.ParameterList(), torch.nn.ParameterList()
        positions, below = self.patch ** task["l"], task["v"]
        for _ in range(task["l"]):
            positions //= self.patch
            places = self.patch if self.cnn else positions * self.patch
            self.weights.append(torch.nn.Parameter(torch.randn(places, below, self.width)))
            if net["bias"]:
                self.biases.append(torch.nn.Parameter(torch.randn(positions, self.width)))
            below = self.width
        self.readout = torch.nn.Parameter(torch.randn(self.width, task["nc"]))

    def forward(self, x):
        """x: examples x cells x v; logits: examples x classes."""
        for l, w in enumerate(self.weights):
            positions, channels = x.shape[1] // self.patch, x.shape[2]
            bias = 0.1 * self.biases[l] if len(self.biases) else torch.zeros(1, 1)
            z = getattr(self, self.way)(x, w, bias, positions, channels, channels ** -0.5)
            x = torch.relu(z)
        return x[:, 0] @ self.readout / self.width

    def bmm(self, x, w, bias, positions, channels, scale):
        x = x.reshape(len(x), positions, self.patch * channels).transpose(0, 1)
        w = w.view(positions, self.patch * channels, -1)
        return torch.baddbmm(bias.unsqueeze(1), x, w, alpha=scale).transpose(0, 1)

    def loop(self, x, w, bias, positions, channels, scale):
        x = x.reshape(len(x), positions, self.patch * channels)
        w = w.view(positions, self.patch * channels, -1)
        bias = bias.expand(positions, -1)
        return torch.stack([torch.addmm(bias[q], x[:, q], w[q], alpha=scale) for q in range(positions)], 1)

    def broadcast(self, x, w, bias, positions, channels, scale):
        x = x.reshape(len(x), positions, self.patch * channels, 1)
        w = w.view(positions, self.patch * channels, -1)
        return (x * w).sum(2) * scale + bias

    def matmul(self, x, w, bias, positions, channels, scale):
        data = len(x)
        z = x.reshape(data * positions, self.patch * channels) @ (w.view(self.patch * channels, -1) * scale)
        return z.view(data, positions, -1) + bias

    def conv(self, x, w, bias, positions, channels, scale):
        z = torch.nn.functional.conv1d(x.transpose(1, 2), w.permute(2, 1, 0) * scale, stride=self.patch)
        return z.transpose(1, 2) + bias


def blank(case):
    return -((case["task"]["v"] - 1) ** -0.5) if case["encoding"] == "whitened" else 0.0


def cells_of(task):
    return (task["s"] * (task["s0"] + 1)) ** task["l"]


def step(network, optimizer, x, labels):
    optimizer.zero_grad(set_to_none=True)
    loss = torch.nn.functional.cross_entropy(network(x), labels)
    loss.backward()
    optimizer.step()
    return float(loss)


def check(directory):
    """Compares losses before and after a step, and all parameters after it; a difference exits with status 1."""
    worst, count = 0.0, 0
    for path in sorted(glob.glob(os.path.join(directory, "*.json"))):
        case = json.load(open(path))
        numbers = np.fromfile(path[:-5] + ".f32", "<f4")
        for way in WAYS[case["network"]["kind"]]:
            off = difference(case, numbers, way)
            worst, count = max(worst, off), count + 1
            if not off < 1e-5:
                sys.exit(f"{case['name']} {way}: losses or parameters differ by {off:.2g}, want less than 1e-5")
    if count == 0:
        sys.exit(f"{directory}: no examples")
    print(f"# checked {count} networks of PyTorch: losses and steps differ from ours by {worst:.2g} at most")


def difference(case, numbers, way):
    """The largest difference from ours: of a loss, as a share of it, and of a tensor's step, as a share of its largest."""
    network = Network(case, way)
    mine = {f"w{l + 1}": (w, w.shape[1] ** -0.5) for l, w in enumerate(network.weights)}  # tensors are times their scales
    mine.update({f"b{l + 1}": (b, 0.1) for l, b in enumerate(network.biases)})
    mine["beta"] = (network.readout, 1 / network.width)
    half, at, tensors = len(numbers) // 2, 0, []
    for t in case["tensors"]:
        size = int(np.prod(t["shape"]))
        before, after = (torch.from_numpy(numbers[k + at : k + at + size].copy()).view(t["shape"]) for k in (0, half))
        at += size
        if t["name"] not in mine and t["name"][0] == "b" and not before.any() and not after.any():
            continue  # a network without biases
        if t["name"] != "beta":  # channels come first there and last here
            before, after = (x.permute(*reversed(range(x.dim()))) for x in (before, after))
        parameter, factor = mine.pop(t["name"])
        tensors.append((parameter, factor, before, after))
        parameter.data.copy_(before / factor)
    assert at == half and not mine, "tensors are missing"
    task, leaves = case["task"], case["task"]["s"] ** case["task"]["l"]
    x = torch.full((case["batch"], cells_of(task), task["v"]), blank(case))
    x[torch.arange(case["batch"]).repeat_interleave(leaves), torch.tensor(case["cells"]), torch.tensor(case["symbols"])] = 1
    labels = torch.tensor(case["labels"])
    optimizer = torch.optim.SGD(network.parameters(), lr=case["rate"], momentum=case["momentum"])
    losses = [step(network, optimizer, x, labels), None]
    steps = [(p.data * f - before, after - before) for p, f, before, after in tensors]
    losses[1] = float(torch.nn.functional.cross_entropy(network(x), labels))
    off = [abs(a - b) / max(1, b) for a, b in zip(losses, case["losses"])]
    return max(off + [float((a - b).abs().max() / b.abs().max()) for a, b in steps])


def describe():
    maps = open("/proc/self/maps").read() if os.path.exists("/proc/self/maps") else ""
    blas = sorted({os.path.basename(l.split()[-1]) for l in maps.splitlines() if "blas" in l or "blis" in l or "mkl" in l})
    isa = [l.strip("\n -") for l in torch.__config__.show().splitlines() if "capability" in l]
    print(f"# library torch: version {torch.__version__}, {', '.join(isa)}, BLAS {', '.join(blas) or 'unknown'}, "
          f"oneDNN {'yes' if torch.backends.mkldnn.is_available() else 'no'}")


SLICE = 0.002  # seconds, as in clock.go


def clock(case, lib, seconds, do):
    """Times do() slice by slice; prints the time that passed, and the CPU time in the lower quartile of the slices."""
    times, steady, count, total, cpu, each = 1, False, 0, 0.0, 0.0, []
    while cpu < seconds or len(each) < 2:
        began, used = time.perf_counter(), time.process_time()
        for _ in range(times):
            do()
        used, took = time.process_time() - used, time.perf_counter() - began
        if not steady and used < SLICE / 2:
            times = min(100 * times, max(2 * times, int(times * SLICE / max(used, 1e-6))))
            continue
        steady, count, total, cpu = True, count + times, total + took, cpu + used
        each.append(used / times)
    quick = sorted(each)[(len(each) - 1) // 4]
    rate = f"\t{case['amount'] / quick / 1e9:.4g} {case['unit']}" if case.get("unit") else ""
    print(f"Benchmark{case['name']}/lib={lib}\t{count}\t{total / count * 1e9:.6g} ns/op{rate}\t{quick * 1e9:.6g} cpu-ns/op", flush=True)


def near(what, got, want, size):
    """Like near in layer.go, on arrays."""
    off = np.abs(got.double().numpy().ravel() - want.ravel()) > 1e-5 * np.ravel(size)
    if off.any():
        sys.exit(f"{what}: {int(off.sum())} elements of {off.size} are not the sums in float64")


def time_product(case, seconds):
    m, n, k = case["size"]
    random = lambda *shape: 2 * torch.rand(*shape) - 1
    a, dy, y, da = random(m, k), random(m, n), random(m, n), random(m, k)
    weights = [(w, torch.rand(k, n)) for w in [random(k, n)] * case["copies"]]
    weights = [(w.clone(), mom.clone()) for w, mom in weights]

    def update(w, mom):
        mom.addmm_(a.t(), dy, beta=0.9)
        w.add_(mom, alpha=-1e-9)

    ways = {
        "Forward": (lambda w, mom: torch.mm(a, w, out=y), y, a, weights[0][0], 0),
        "MatMul": (lambda w, mom: torch.mm(a, w, out=y), y, a, weights[0][0], 0),
        "RankK": (lambda w, mom: y.addmm_(a, w), y, a, weights[0][0], 1),
        "Backward": (lambda w, mom: torch.mm(dy, w.t(), out=da), da, dy, weights[0][0].t(), 0),
        "Update": (update, weights[0][1], a.t(), dy, 0.9),
    }
    do, result, left, right, beta = ways[case["product"]]
    left, right, start = (x.double().numpy() for x in (left, right, result))
    want, size = beta * start + left @ right, beta * abs(start) + abs(left) @ abs(right)
    do(*weights[0])
    near(case["name"], result, want, size)
    turn = itertools.cycle(weights)
    clock(case, "torch", seconds, lambda: do(*next(turn)))


def time_convolution(case, seconds):
    """Two ways to store images: "first", PyTorch's default, and channels last, where a signal has height 1."""
    s = case["shape"]
    channels = [s["Batch"], s["In"]]
    flat = s["Height"] == 1 and s["Kernel"][0] == 1
    for way in ("first", "last"):
        dims = slice(1, 2) if flat and way == "first" else slice(0, 2)
        kernel, stride, pad = (s[key][dims] for key in ("Kernel", "Stride", "Pad"))
        x = 2 * torch.rand(*channels, *[s["Height"], s["Width"]][dims]) - 1
        w = 2 * torch.rand(s["Out"], s["In"] // s["Groups"], *kernel) - 1
        if way == "last":
            x, w = x.contiguous(memory_format=torch.channels_last), w.contiguous(memory_format=torch.channels_last)
        apply = (torch.conv1d if len(kernel) == 1 else torch.conv2d)
        forward = lambda: apply(x, w, None, stride, pad, 1, s["Groups"])
        dy = 2 * torch.rand_like(forward()) - 1
        gradient = lambda *mask: torch.ops.aten.convolution_backward(
            dy, x, w, None, stride, pad, [1] * len(kernel), False, [0] * len(kernel), s["Groups"], mask)
        do = {
            "Conv": forward,
            "ConvGradInput": lambda: gradient(True, False, False)[0],
            "ConvGradWeights": lambda: gradient(False, True, False)[1],
        }[case["convolution"]]
        near(f"{case['name']} {way}", do(), *convolve(case["convolution"], s, *(t.double().numpy() for t in (x, w, dy))))
        clock(case, f"torch.{way}", seconds, do)


def convolve(name, s, x, w, dy):
    """A convolution as sums in float64, tap by tap, and the sums of absolute values."""
    groups, pad, step = s["Groups"], s["Pad"], s["Stride"]
    x, w, dy = (t.reshape(*t.shape[:2], *[1] * (4 - t.ndim), *t.shape[2:]) for t in (x, w, dy))
    (batch, channels, height, width), (rows, cols) = x.shape, dy.shape[2:]
    flat = lambda t: np.ascontiguousarray(t).reshape(batch, groups, -1, rows * cols)
    tap = lambda t, r, c: np.ascontiguousarray(t[..., r, c])
    results = []
    for part in (lambda t: t, np.abs):
        padded = np.pad(part(x), [(0, 0), (0, 0), (pad[0], pad[0]), (pad[1], pad[1])])
        weights, grads = part(w).reshape(groups, -1, *w.shape[1:]), flat(part(dy))
        y, dx, dw = np.zeros_like(grads), np.zeros_like(padded), np.zeros_like(weights)
        for r, c in itertools.product(*map(range, s["Kernel"])):
            window = (..., slice(r, r + rows * step[0], step[0]), slice(c, c + cols * step[1], step[1]))
            if name == "Conv":
                y += tap(weights, r, c) @ flat(padded[window])
            elif name == "ConvGradInput":
                dx[window] += (tap(weights, r, c).swapaxes(1, 2) @ grads).reshape(batch, channels, rows, cols)
            else:
                dw[..., r, c] = (grads @ flat(padded[window]).swapaxes(2, 3)).sum(0)
        inside = dx[:, :, pad[0] : pad[0] + height, pad[1] : pad[1] + width]
        results.append({"Conv": y, "ConvGradInput": inside, "ConvGradWeights": dw}[name])
    return results


def time_vectors(case, seconds):
    n = case["vectors"]
    w, mom, grad = (2 * torch.rand(n) - 1 for _ in range(3))
    mom_want = 0.9 * mom.double().numpy() + grad.double().numpy()
    w_want = w.double().numpy() - 1e-9 * mom_want

    def step():
        mom.mul_(0.9).add_(grad)
        w.add_(mom, alpha=-1e-9)

    step()
    near(case["name"], mom, mom_want, 1 + abs(mom_want))
    near(case["name"], w, w_want, 1)
    clock(case, "torch", seconds, step)


def time_steps(case, seconds):
    task, width = case["task"], case["network"]["width"]
    x = torch.full((case["batch"], cells_of(task), task["v"]), blank(case))
    labels = torch.arange(case["batch"]) % task["nc"]
    for way in WAYS[case["network"]["kind"]]:
        largest = 4 * case["batch"] * (cells_of(task) // (task["s"] * (task["s0"] + 1)) if task["l"] > 1 else 1) * width * width
        if way == "broadcast" and largest > LARGEST:
            print(f"# skipped {case['name']}/lib=torch.{way}: one intermediate result would take {largest / 2**30:.1f} GiB")
            continue
        network = Network(case, way)
        optimizer = torch.optim.SGD(network.parameters(), lr=0.01 * width, momentum=0.9)
        clock(case, f"torch.{way}", seconds, lambda: step(network, optimizer, x, labels))


KINDS = {"product": time_product, "convolution": time_convolution, "vectors": time_vectors}


def main(what, *rest):
    if what == "describe":
        describe()
    elif what == "check":
        check(rest[0])
    elif what == "time":
        describe()
        for line in sys.stdin:
            case = json.loads(line)
            kind = next((k for k in KINDS if k in case), None)
            if kind:
                with torch.no_grad():
                    KINDS[kind](case, float(rest[0]))
            else:
                time_steps(case, float(rest[0]))
    else:
        sys.exit(__doc__)


main(*sys.argv[1:] or ["help"])
