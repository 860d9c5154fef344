"""(-1)^k (zeta(k) - 1) / k for k = 2..36, and 1 - Euler's constant: the Taylor series of log gamma about 2.

Abramowitz and Stegun (1964), 6.1.33. Prints a TypeScript array literal for src/special/log-gamma.ts.
"""
from mpmath import mp, zeta, euler

mp.dps = 60
print('  %s,' % repr(float(1 - euler)))
for k in range(2, 37):
    print('  %s,' % repr(float((-1) ** k * (zeta(k) - 1) / k)))
