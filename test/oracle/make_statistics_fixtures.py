"""Makes fixtures/statistics.json: what SciPy computes of the same numbers as src/analysis/scaling.

    venv/bin/pip install scipy
    venv/bin/python test/oracle/make_statistics_fixtures.py

The bootstrap is compared without chance: scipy.stats.bootstrap gets the distribution of all n^n resamples and adds none.
Values are multiples of 1/1024, so that sums are exact in any order and resamples with the mean itself are found as such.
"""

import itertools
import json
import pathlib

import numpy as np
import scipy
from scipy import stats

RANDOM = np.random.default_rng(20)
BINARY = 1024


def sample(n, centre, spread):
    return (np.round((centre + spread * RANDOM.standard_normal(n)) * BINARY) / BINARY).tolist()


def bootstrap_case(values):
    array = np.array(values)
    means = np.array([np.mean(drawn) for drawn in itertools.product(array, repeat=len(array))])

    class Result:
        bootstrap_distribution = means

    def interval(method):
        found = stats.bootstrap((array,), np.mean, n_resamples=0, bootstrap_result=Result, method=method, vectorized=True, axis=-1)
        return {"low": float(found.confidence_interval.low), "high": float(found.confidence_interval.high)}

    return {"values": values, "percentile": interval("percentile"), "bca": interval("BCa")}


def paired_case(v1, v2):
    test = stats.ttest_rel(v2, v1)
    interval = test.confidence_interval(0.95)
    return {
        "v1": v1,
        "v2": v2,
        "t": float(test.statistic),
        "p": float(test.pvalue),
        "low": float(interval.low),
        "high": float(interval.high),
    }


def line_case(depths, per_depth, slope, noise):
    xs = np.repeat(np.log(depths), per_depth)
    ys = 12 + slope * xs + noise * RANDOM.standard_normal(len(xs))
    fit = stats.linregress(xs, ys)
    n = len(xs)
    t = stats.t.ppf(0.975, n - 2)
    residual = float(np.sqrt(np.sum((ys - fit.intercept - fit.slope * xs) ** 2) / (n - 2)))
    x = float(np.log(56))
    half = t * residual * np.sqrt(1 / n + (x - xs.mean()) ** 2 / np.sum((xs - xs.mean()) ** 2))
    value = float(fit.intercept + fit.slope * x)
    return {
        "xs": xs.tolist(),
        "ys": ys.tolist(),
        "slope": float(fit.slope),
        "intercept": float(fit.intercept),
        "low": float(fit.slope - t * fit.stderr),
        "high": float(fit.slope + t * fit.stderr),
        "p": float(fit.pvalue),
        "rSquared": float(fit.rvalue**2),
        "residualStd": residual,
        "at": {"x": x, "value": value, "low": float(value - half), "high": float(value + half)},
    }


def prediction_case(values, further):
    array = np.array(values)
    half = stats.t.ppf(0.975, len(array) - 1) * array.std(ddof=1) * np.sqrt(1 / len(array) + 1 / further)
    return {"values": values, "further": further, "low": float(array.mean() - half), "high": float(array.mean() + half)}


normal = [-6.5, -3.2, -1.959963984540054, -0.3, 0.0, 0.5, 1.0, 2.5758293035489004, 5.1]
document = {
    "source": f"scipy {scipy.__version__}, numpy {np.__version__}",
    "bootstrap": [
        bootstrap_case(values)
        for values in ([0.5, 0.75], [1, 2, 7], sample(3, 0.9, 0.02), sample(4, 93, 0.4), sample(5, -0.2, 0.3), sample(6, 6.6, 0.16), [0, 0, 0, 0, 1])
    ],
    "paired": [
        paired_case(sample(n, 0.9, 0.01), sample(n, 0.91, 0.01)) for n in (2, 3, 5, 10)
    ],
    "lines": [line_case([8, 20, 44], 3, -0.9, 0.2), line_case([20, 56, 110, 164, 1001], 5, 0.1, 0.4), line_case([20, 32, 110], 1, -2, 0.05)],
    "predictions": [prediction_case(sample(5, 6.6, 0.16), 1), prediction_case(sample(3, 93, 0.3), 5)],
    "normal": [{"x": x, "probability": float(stats.norm.cdf(x))} for x in normal],
    "student": [{"t": t, "degrees": df, "p": float(2 * stats.t.sf(t, df))} for t, df in ((0.1, 1), (2.2, 2), (4.3, 4), (1.1, 17), (8.0, 9))],
}
path = pathlib.Path(__file__).parent / "fixtures" / "statistics.json"
path.write_text(json.dumps(document, indent=2) + "\n")
