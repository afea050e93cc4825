"""Prints the rules of grammar authors:SEED as CSV, by the generators of CPython itself.

    python3 rules.py V NC M S L SEED > vV-ncNC-mM-sS-lL-seedSEED.csv
"""

import itertools
import random
import sys

v, nc, m, s, levels, seed = map(int, sys.argv[1:])
random.seed(seed)
print(",".join(["step", "parent", "rule"] + [f"child{j}" for j in range(s)]))
parents = range(nc)
for step in range(levels):
    tuples = list(itertools.product(range(v), repeat=s))
    random.shuffle(tuples)
    used = tuples[: m * len(parents)]
    for k, children in enumerate(used):
        print(step, parents[k // m], k % m, *children, sep=",")
    parents = sorted({child for children in used for child in children})
