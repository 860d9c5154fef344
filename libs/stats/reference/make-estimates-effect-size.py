"""Golden effect sizes: exact factor and noncentral t limits by scipy, Cliff's delta from the full table of signs.

Run: /usr/bin/python3 make-estimates-effect-size.py > estimates-effect-size.json
"""
import json
import math
import numpy as np
from scipy import stats, optimize
from scipy.special import gammaln

rows = []
for n1, m1, s1, n2, m2, s2 in [(12, 10.0, 2.0, 15, 12.1, 2.6), (40, 3.0, 1.0, 35, 3.1, 1.2), (6, 0.0, 1.0, 5, 4.0, 1.1), (400, 50.0, 9.0, 380, 46.0, 10.0)]:
    v = n1 + n2 - 2
    sp = math.sqrt(((n1 - 1) * s1 ** 2 + (n2 - 1) * s2 ** 2) / v)
    d = (m2 - m1) / sp
    k = math.sqrt(n1 * n2 / (n1 + n2))
    j = math.exp(gammaln(v / 2) - 0.5 * math.log(v / 2) - gammaln((v - 1) / 2))
    t = d * k
    lo = optimize.brentq(lambda nc: stats.nct.sf(t, v, nc) - 0.025, t - 9, t, xtol=1e-13) / k
    hi = optimize.brentq(lambda nc: stats.nct.cdf(t, v, nc) - 0.025, t, t + 12, xtol=1e-13) / k
    rows.append(dict(first=dict(count=n1, mean=m1, standardDeviation=s1), second=dict(count=n2, mean=m2, standardDeviation=s2), d=d, g=d * j, limits=[lo, hi]))

cliff = []
for a, b in [([1, 2, 2, 3, 5, 6], [2, 4, 4, 6, 7]), ([10, 20, 20, 20, 30], [10, 40, 50, 50])]:
    x, y = np.array(a, float), np.array(b, float)
    table = np.sign(y[None, :] - x[:, None])
    m, n = len(x), len(y)
    delta = table.mean()
    s = (m ** 2 * ((table.mean(0) - delta) ** 2).sum() + n ** 2 * ((table.mean(1) - delta) ** 2).sum() - ((table - delta) ** 2).sum()) / (m * n * (m - 1) * (n - 1))
    s = max(s, (1 - delta ** 2) / (m * n - 1))
    t = stats.t.ppf(0.975, m + n - 2)
    root = t * math.sqrt(s) * math.sqrt((1 - delta ** 2) ** 2 + t * t * s)
    cliff.append(dict(first=a, second=b, delta=delta, se=math.sqrt(s), limits=[(delta - delta ** 3 + sign * root) / (1 - delta ** 2 + t * t * s) for sign in (-1, 1)]))
print(json.dumps(dict(standardised=rows, cliff=cliff), indent=1))
