"""Golden tails of the noncentral t, chi-square and F distributions with 40 digits (mpmath), every argument an exact double.

Noncentral t by quadrature of the normal tail over the chi density; the others by their Poisson mixtures summed at high precision.
Output on standard output, kept as power-noncentral.json: python3 make-power-noncentral.py > power-noncentral.json
"""
import json
from mpmath import mp, mpf, erfc, exp, log, loggamma, sqrt, quad, linspace

mp.dps = 40


def normal_tail(z, tail):
    return erfc(z / sqrt(mpf(2)) if tail == 'upper' else -z / sqrt(mpf(2))) / 2


def nct(t, df, delta, tail):
    t, df, delta = mpf(t), mpf(df), mpf(delta)
    half = df / 2

    def f(u):
        return exp(mp.log(2) + half * log(half) - loggamma(half) + df * u - half * exp(2 * u)) * normal_tail(t * exp(u) - delta, tail)
    lo, hi = -mpf(60) / min(df, 60) - 1, mpf(8) / min(sqrt(df), 8) + mpf('0.5')
    return quad(f, linspace(lo, hi, 241))


def lower_gamma(a, x):
    term = total = mpf(1)
    k = 0
    while term > total * mpf(10) ** -38:
        k += 1
        term *= x / (a + k)
        total += term
    return exp(a * log(x) - x - loggamma(a + 1)) * total


def lower_beta(a, b, x):
    term = total = mpf(1)
    k = 0
    while term > total * mpf(10) ** -38:
        term *= (a + b + k) * x / (a + 1 + k)
        total += term
        k += 1
    return exp(a * log(x) + b * log(1 - x) + loggamma(a + b) - loggamma(a + 1) - loggamma(b)) * total


def mixture(mean, value, tail):
    total = mpf(0)
    j = 0
    weight = exp(-mean)
    while j < mean or weight > mpf(10) ** -38:
        v = value(j)
        total += weight * (v if tail == 'lower' else 1 - v)
        j += 1
        weight *= mean / j
    return total


rows = []
for t, df, delta in [(2, 10, 1), (-1.5, 4, 0.5), (5, 3, 0.25), (2.5, 30, 3.5), (2.0, 98, 2.8), (0.5, 1, 2), (12, 8, 2.5), (1.96, 1000, 3),
                     (-3, 6, 2), (40, 50, 40), (1.5, 0.7, 1), (8, 20, 1.5), (2, 100000, 1)]:
    for tail in ('lower', 'upper'):
        rows.append(dict(name='t', args=[t, df, delta], tail=tail, value=float(nct(t, df, delta, tail))))
for x, df, nc in [(3, 2, 1), (20, 4, 5), (100, 3, 40), (0.5, 1, 10), (7.5, 2.5, 0.3), (260, 10, 200)]:
    for tail in ('lower', 'upper'):
        rows.append(dict(name='chi-square', args=[x, df, nc], tail=tail,
                         value=float(mixture(mpf(nc) / 2, lambda j: lower_gamma(mpf(df) / 2 + j, mpf(x) / 2), tail))))
for f, d1, d2, nc in [(3, 2, 20, 1), (0.5, 3, 10, 5), (10, 4, 60, 30), (2.5, 1, 7, 8), (1.2, 5.5, 100, 12)]:
    for tail in ('lower', 'upper'):
        y = mpf(d1) * mpf(f) / (mpf(d1) * mpf(f) + mpf(d2))
        rows.append(dict(name='F', args=[f, d1, d2, nc], tail=tail,
                         value=float(mixture(mpf(nc) / 2, lambda j: lower_beta(mpf(d1) / 2 + j, mpf(d2) / 2, y), tail))))
print('[\n' + ',\n'.join(json.dumps(row) for row in rows) + '\n]')
