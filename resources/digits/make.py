"""Makes digits.bin: scikit-learn's optical digits as labelled records, the training images first.

Record: 1 byte label, then 64 bytes of pixels, row by row, 0 (paper) to 16 (ink).
Split: for each class in turn its images are shuffled by NumPy's PCG64 with seed 0 and dealt 4 : 1; the class sizes of the
test set are rounded by largest remainder, so that they add up to 360. Both parts are shuffled once more.
The file holds the result: nothing is split again when it is read.

Run: python make.py (needs numpy and scikit-learn; made with scikit-learn 1.9.1). It prints the file's SHA-256.
"""

import hashlib
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

TEST_IMAGES = 360

digits = load_digits()
pixels = digits.images.astype(np.uint8).reshape(len(digits.target), -1)
labels = digits.target.astype(np.uint8)
assert (pixels == digits.data).all() and pixels.max() == 16

random = np.random.default_rng(0)
members = [random.permutation(np.flatnonzero(labels == label)) for label in range(10)]
share = np.array([len(indices) for indices in members]) * TEST_IMAGES / len(labels)
test_sizes = np.floor(share).astype(int)
largest_remainders = np.argsort(test_sizes - share, kind="stable")
test_sizes[largest_remainders[: TEST_IMAGES - test_sizes.sum()]] += 1

test = random.permutation(np.concatenate([indices[:size] for indices, size in zip(members, test_sizes)]))
train = random.permutation(np.concatenate([indices[size:] for indices, size in zip(members, test_sizes)]))
order = np.concatenate([train, test])
assert len(test) == TEST_IMAGES and len(np.unique(order)) == len(labels)

records = np.concatenate([labels[order, None], pixels[order]], axis=1).tobytes()
Path(__file__).with_name("digits.bin").write_bytes(records)
print(len(train), len(test), len(records), hashlib.sha256(records).hexdigest())
