"""Golden tails, quantiles and log gamma with 50 digits (mpmath), every argument an exact double.

Only series of positive terms and complements at high precision are used, so no figure depends on a library's own tail code.
Output: tails.json, rows { name, args, tail, value, log }. R gives a second, independent opinion: see make-tails.R.
"""
import json
from mpmath import mp, mpf, erfc, exp, log, loggamma, sqrt, findroot

mp.dps = 420
rows = []


def lower_gamma(a, x):
    term = total = mpf(1)
    k = 0
    while term > total * mpf(10) ** -400:
        k += 1
        term *= x / (a + k)
        total += term
    return exp(a * log(x) - x - loggamma(a + 1)) * total


def gamma_tail(a, x, tail):
    p = lower_gamma(a, x)
    return p if tail == 'lower' else 1 - p


def lower_beta(a, b, x, y):
    term = total = mpf(1)
    k = 0
    while term > total * mpf(10) ** -400:
        term *= (a + b + k) * x / (a + 1 + k)
        total += term
        k += 1
    return exp(a * log(x) + b * log(y) + loggamma(a + b) - loggamma(a + 1) - loggamma(b)) * total


def beta_tail(a, b, x, y, tail):
    below = lower_beta(a, b, x, y) if x < 0.5 else 1 - lower_beta(b, a, y, x)
    return below if tail == 'lower' else 1 - below


def put(name, args, tail, value):
    if value > mpf(10) ** -305:
        mp.dps = 40  # +value below rounds to it: mpmath's log errs for a longer value a hair below a power of two
        rows.append({'name': name, 'args': args, 'tail': tail, 'value': float(value), 'log': float(log(+value))})
        mp.dps = 420


for z in [0.0, 1e-9, 0.1, 0.5, 0.69, 0.71, 1.0, 1.959963984540054, 3.0, 5.0, 6.7, 8.0, 10.0, 15.3, 20.0, 30.0, 37.0]:
    put('normal', [z], 'upper', erfc(mpf(z) / sqrt(2)) / 2)
    put('normal', [-z], 'upper', 1 - erfc(mpf(z) / sqrt(2)) / 2)
for x in [-3.0, -0.4, 0.0, 1e-8, 0.3, 0.49, 0.5, 0.9, 1.5, 2.0, 3.3, 5.0, 10.0, 20.0, 26.0]:
    put('erfc', [x], 'upper', erfc(mpf(x)))
for df in [0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 100.0, 1000.0, 20000.0]:
    for t in [1e-8, 0.1, 0.5, 1.0, 2.0, 3.5, 6.0, 10.0, 20.0, 36.0, 300.0, 1e4, 1e10, 1e30, 1e100]:
        if df >= 1000 and t > 36:
            continue
        v, s = mpf(df), mpf(t) ** 2
        put('student-t', [t, df], 'upper', beta_tail(v / 2, mpf('0.5'), v / (v + s), s / (v + s), 'lower') / 2)
for d1, d2 in [(1.0, 1.0), (1.0, 10.0), (2.0, 7.0), (5.0, 40.0), (30.0, 3.0), (100.0, 200.0), (3.0, 5000.0)]:
    for f in [1e-6, 0.01, 0.2, 0.9, 1.1, 3.0, 12.0, 150.0, 1e5]:
        if d2 > 1000 and f > 150:
            continue
        x = mpf(d1) * f / (mpf(d1) * f + d2)
        for tail in ('lower', 'upper'):
            put('f', [f, d1, d2], tail, beta_tail(mpf(d1) / 2, mpf(d2) / 2, x, 1 - x, tail))
for df in [0.2, 1.0, 2.0, 3.0, 5.0, 10.0, 50.0, 333.0, 2000.0, 20000.0]:
    for factor in [1e-8, 1e-3, 0.1, 0.5, 0.7, 0.9, 0.99, 1.0, 1.01, 1.1, 1.5, 2.0, 3.0, 10.0, 60.0, 200.0, 600.0, 1300.0]:
        x = df * factor
        if x > 21000 and factor > 2 or x > 50000:
            continue
        for tail in ('lower', 'upper'):
            put('chi-square', [x, df], tail, gamma_tail(mpf(df) / 2, mpf(x) / 2, tail))
for mean in [0.01, 0.5, 3.7, 20.0, 150.0, 2500.0]:
    for count in [0, 1, 2, 5, 10, 20, 40, 100, 150, 200, 300, 1800, 2400, 2500, 2650, 4000]:
        if not 0.2 * mean <= count + 5 <= 100 + 3 * mean:
            continue
        put('poisson', [count, mean], 'lower', gamma_tail(mpf(count + 1), mpf(mean), 'upper'))
        if count > 0:
            put('poisson', [count, mean], 'upper', gamma_tail(mpf(count), mpf(mean), 'lower'))
for n, p in [(1, 0.3), (10, 0.5), (20, 1e-3), (50, 0.92), (400, 0.5), (1000, 0.05), (8000, 0.8)]:
    for share in [0.0, 0.05, 0.1, 0.3, 0.5, 0.7, 0.78, 0.82, 0.9, 0.97, 1.0]:
        k = round(n * share)
        q = mpf(p)
        if k < n:
            put('binomial', [k, n, p], 'lower', beta_tail(mpf(k + 1), mpf(n - k), q, 1 - q, 'upper'))
        if k > 0:
            put('binomial', [k, n, p], 'upper', beta_tail(mpf(k), mpf(n - k + 1), q, 1 - q, 'lower'))
mp.dps = 50
for x in [1e-300, 1e-10, 0.01, 0.3, 0.5, 0.999999, 1.0001, 1.3, 1.5, 1.9, 1.9999999, 2.00001, 2.5, 3.0, 4.5, 7.7, 9.99, 10.0, 33.3,
          1e3, 1e8, 1e200]:
    value = float(loggamma(mpf(x)))
    rows.append({'name': 'log-gamma', 'args': [x], 'tail': 'lower', 'value': value, 'log': None})
with open('tails.json', 'w') as file:
    file.write('[\n' + ',\n'.join(json.dumps(row) for row in rows) + '\n]\n')
print(len(rows))
