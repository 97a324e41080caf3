#!/usr/bin/env python3
"""Plain training speed of the benchmark's networks in PyTorch, for comparison; needs torch.

    python3 samples/src/main/python/torch_throughput.py vgg --threads 1

With --serve it works when told so on the standard input, one line per round, and answers
"measured samples seconds cpuSeconds", as the benchmark's own workers do.
"""

import argparse
import sys
import time

import torch
from torch import nn

BATCH = 128  # as in Worker.java
BATCHES = 10
CLASSES = 10
LEARNING_RATE = 1e-3
SHAPES = {"vgg": (3, 32, 32), "lenet": (1, 28, 28)}


def network(name):
    """The layers of VggLike.java and LeNet.java."""
    if name == "vgg":
        convolutions = [
            nn.Conv2d(3, 64, 3), nn.ReLU(), nn.Conv2d(64, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(64, 128, 3), nn.ReLU(), nn.Conv2d(128, 128, 3), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Dropout(0.5), nn.Linear(128 * 5 * 5, 256), nn.ReLU(),
            nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, CLASSES),
        ]
    else:
        convolutions = [
            nn.Conv2d(1, 20, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(20, 50, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(50 * 4 * 4, 500), nn.ReLU(), nn.Linear(500, CLASSES),
        ]
    return nn.Sequential(*convolutions)


class Trainer:
    """One network on random images, in the order and size of the benchmark's."""

    def __init__(self, name):
        torch.manual_seed(7)
        self.model = network(name)
        self.model.train()
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=LEARNING_RATE)
        self.loss = nn.CrossEntropyLoss()
        self.features = torch.rand(BATCHES, BATCH, *SHAPES[name])
        self.labels = torch.randint(CLASSES, (BATCHES, BATCH))

    def measure(self, what, at_least_seconds):
        start, cpu_start, done = time.perf_counter(), time.process_time(), 0
        while True:
            if what == "train":
                self.optimizer.zero_grad()
                loss = self.loss(self.model(self.features[done % BATCHES]),
                                 self.labels[done % BATCHES])
                loss.backward()
                self.optimizer.step()
            else:
                self.model.eval()
                with torch.no_grad():
                    self.model(self.features[done % BATCHES])
                self.model.train()
            done += 1
            seconds = time.perf_counter() - start
            if seconds >= at_least_seconds:
                return done * BATCH, seconds, time.process_time() - cpu_start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("network", choices=sorted(SHAPES))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--serve", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    trainer = Trainer(arguments.network)
    if arguments.serve:
        for line in sys.stdin:
            what, seconds = line.split()
            print("measured", *trainer.measure(what, float(seconds)), flush=True)
        return
    trainer.measure("train", 1)
    samples, seconds, _ = trainer.measure("train", arguments.seconds)
    print(f"{arguments.network}, PyTorch {torch.__version__}, {arguments.threads} thread(s): "
          f"{samples / seconds:.0f} samples/s in training")


if __name__ == "__main__":
    main()
