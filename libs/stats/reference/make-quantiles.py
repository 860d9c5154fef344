"""Golden quantiles with 40 digits: the exact tail (mpmath) solved by bracketing. Output: quantiles.json, rows { name, args, tail, value }.

args: probability first, then the parameters; every argument an exact double.
"""
import json
from mpmath import mp, mpf, erfc, sqrt, betainc, gammainc, log, exp, findroot

mp.dps = 50
rows = []


def solve(log_tail, probability, low, high):
    """Bisection on the logarithm of x: 200 halvings."""
    target = log(mpf(probability))
    low, high = log(mpf(low)), log(mpf(high))
    falling = log_tail(exp(low)) > log_tail(exp(high))
    for _ in range(150):
        middle = (low + high) / 2
        if (log_tail(exp(middle)) > target) == falling:
            low = middle
        else:
            high = middle
    return exp((low + high) / 2)


for p in [1e-300, 1e-100, 1e-20, 1e-8, 0.001, 0.025, 0.1, 0.2, 0.26, 0.4, 0.4999]:
    value = solve(lambda z: log(erfc(z / sqrt(2)) / 2), p, '1e-6', 40)
    rows.append({'name': 'normal', 'args': [p], 'tail': 'upper', 'value': float(value)})
    for df in [1.0, 2.0, 5.0, 30.0, 400.0]:
        tail = lambda t, v=mpf(df): log(betainc(v / 2, mpf('0.5'), 0, v / (v + t * t), regularized=True) / 2)
        value = solve(tail, p, '1e-6', '1e301')
        rows.append({'name': 'student-t', 'args': [p, df], 'tail': 'upper', 'value': float(value)})
for p in [1e-100, 1e-12, 0.001, 0.025, 0.3, 0.5, 0.7, 0.975]:
    for df in [1.0, 2.0, 3.0, 10.0, 100.0]:
        upper = lambda x, v=mpf(df): log(gammainc(v / 2, x / 2, mp.inf, regularized=True))
        lower = lambda x, v=mpf(df): log(gammainc(v / 2, 0, x / 2, regularized=True))
        rows.append({'name': 'chi-square', 'args': [p, df], 'tail': 'upper', 'value': float(solve(upper, p, '1e-210', 1500))})
        rows.append({'name': 'chi-square', 'args': [p, df], 'tail': 'lower', 'value': float(solve(lower, p, '1e-210', 1500))})
    for a, b in [(0.5, 4.0), (3.0, 8.0), (40.0, 2.0), (60.0, 90.0)]:
        lower = lambda x, a=mpf(a), b=mpf(b): log(betainc(a, b, 0, x, regularized=True))
        rows.append({'name': 'beta', 'args': [p, a, b], 'tail': 'lower', 'value': float(solve(lower, p, '1e-210', 1 - mpf(10) ** -40))})
with open('quantiles.json', 'w') as file:
    file.write('[\n' + ',\n'.join(json.dumps(row) for row in rows) + '\n]\n')
print(len(rows))
