"""Writes parity.txt: what PyTorch (float64) computes, for ParityTest.

    python3 parity.py > parity.txt

A line is an op, its numbers, a colon, and of the output: sum, sum of squares, ten elements evenly
spread. Inputs are 2·noise − 1 with salt 1 (weights 2, biases 3), as in GoldenTest.
"""
import itertools

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
M = 0xFFFFFFFF


def noise(salt, shape):
    i = np.arange(int(np.prod(shape, dtype=int)), dtype=np.uint64)
    h = (i + np.uint64((0x9E3779B9 * salt) & M)) & np.uint64(M)
    h = ((h ^ (h >> np.uint64(16))) * np.uint64(0x85EBCA6B)) & np.uint64(M)
    h = ((h ^ (h >> np.uint64(13))) * np.uint64(0xC2B2AE35)) & np.uint64(M)
    h ^= h >> np.uint64(16)
    return torch.tensor((h >> np.uint64(8)).astype(np.float64) * 2.0**-24).reshape(shape)


def signed(salt, *shape):
    return 2 * noise(salt, shape) - 1


def line(name, numbers, y):
    y = y.reshape(-1)
    spread = [y[k * (len(y) - 1) // 9] for k in range(10)]
    facts = [y.sum(), (y * y).sum(), *spread]
    print(name, *numbers, ":", *(repr(f.item()) for f in facts))


def images():
    for k, s, p, d, g in itertools.product((1, 2, 3, 5), (1, 2, 3), (0, 1, 2), (1, 2), (1, 2)):
        if d * (k - 1) + 1 <= 7 + 2 * p:
            y = F.conv2d(signed(1, 1, 4, 7, 9), signed(2, 6, 4 // g, k, k), signed(3, 6), s, p, d, g)
            line("conv", (k, s, p, d, g), y)
    for k, s, p, d, c in itertools.product((1, 2, 3), (1, 2, 3), (0, 1), (1, 2), (0, 1)):
        if 2 * p <= k:
            line("max", (k, s, p, d, c), F.max_pool2d(signed(1, 1, 3, 8, 9), k, s, p, d, bool(c)))
    for k, s, p, c, n in itertools.product((1, 2, 3), (1, 2, 3), (0, 1), (0, 1), (0, 1)):
        if 2 * p <= k:
            y = F.avg_pool2d(signed(1, 1, 3, 8, 9), k, s, p, bool(c), bool(n))
            line("average", (k, s, p, c, n), y)


def vectors():
    x = 4 * signed(1, 13)
    t = noise(2, (13,))
    line("relu", (), F.relu(x))
    line("leakyrelu", (0.2,), F.leaky_relu(x, 0.2))
    line("elu", (0.7,), F.elu(x, 0.7))
    line("sigmoid", (), torch.sigmoid(x))
    line("tanh", (), torch.tanh(x))
    line("softplus", (), F.softplus(x))
    line("softmax", (), F.softmax(x, 0))
    line("logsoftmax", (), F.log_softmax(x, 0))
    for smoothing in (0.0, 0.1, 0.9):
        y = F.cross_entropy(x.reshape(1, 13), torch.tensor([5]), label_smoothing=smoothing)
        line("crossentropy", (smoothing,), y)
    line("binarycrossentropy", (), F.binary_cross_entropy_with_logits(x, t))
    line("meansquarederror", (), F.mse_loss(x, t))
    line("hinge", (), F.relu(1 - torch.sign(t - 0.5) * x).mean())
    w = signed(2, 7, 13)
    line("linear", (), F.linear(x, w, signed(3, 7)))


images()
vectors()
