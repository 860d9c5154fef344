"""Chebyshev coefficients of (1 + 2x) exp(x^2) erfc(x) on x >= 0, mapped by t = (x - 3.75) / (x + 3.75).

The mapping is that of Shepherd and Laframboise (1981), Mathematics of Computation 36:249-253; the coefficients are computed here
with 40 digits by mpmath. Prints a TypeScript array literal for src/special/scaled-erfc.ts.
"""
from mpmath import mp, mpf, cos, pi, erfc, exp

mp.dps = 60
K = mpf('3.75')
NODES = 64
TERMS = 30


def mapped(t):
    if t >= 1:
        return 2 / mp.sqrt(pi)
    x = K * (1 + t) / (1 - t)
    return (1 + 2 * x) * exp(x * x) * erfc(x)


def coefficient(j):
    total = mpf(0)
    for i in range(NODES):
        angle = pi * (i + mpf(1) / 2) / NODES
        total += mapped(cos(angle)) * cos(j * angle)
    return 2 * total / NODES


for j in range(TERMS):
    value = coefficient(j)
    print('  %s,' % repr(float(value / 2 if j == 0 else value)))
