"""Golden posteriors by quadrature, SipHash-2-4 by OpenSSL. Run: /usr/bin/python3 make-experiments-bayes.py > experiments-bayes.json"""
import json
import subprocess
import tempfile
from scipy import stats, integrate, optimize

beta = []
for s1, n1, s2, n2, a, b in [(12, 40, 21, 45, 1, 1), (0, 10, 3, 12, 0.5, 0.5), (480, 1000, 530, 1010, 2, 3)]:
    f, g = stats.beta(a + s1, b + n1 - s1), stats.beta(a + s2, b + n2 - s2)

    def quad(h, lo=0.0, hi=1.0):
        points = sorted({min(max(x, lo), hi) for x in (f.ppf(1e-9), f.mean(), g.mean(), f.ppf(1 - 1e-9))})
        edges = [lo] + [p for p in points if lo < p < hi] + [hi]
        return sum(integrate.quad(h, u, v, epsabs=0, epsrel=1e-12, limit=500)[0] for u, v in zip(edges, edges[1:]))
    chance = quad(lambda x: f.pdf(x) * g.sf(x))
    # E max(0, X - Y) = integral of P(X > t) P(Y < t) dt.
    taking = quad(lambda t: f.sf(t) * g.cdf(t))
    keeping = quad(lambda t: g.sf(t) * f.cdf(t))
    cdf = lambda d: quad(lambda x: f.pdf(x) * g.cdf(x + d))
    limits = [optimize.brentq(lambda d: cdf(d) - p, -0.999, 0.999, xtol=1e-12) for p in (0.025, 0.975)]
    beta.append(dict(first=dict(successes=s1, trials=n1), second=dict(successes=s2, trials=n2), prior=dict(a=a, b=b), chance=chance, taking=taking, keeping=keeping, limits=limits))

gamma = []
for e1, t1, e2, t2, k, r in [(12, 4.0, 20, 5.0, 0.5, 0.0), (3, 1.0, 1, 1.5, 1.0, 0.2), (400, 90.0, 380, 100.0, 2.0, 1.0)]:
    f, g = stats.gamma(k + e1, scale=1 / (r + t1)), stats.gamma(k + e2, scale=1 / (r + t2))
    top = 3 * max(f.ppf(1 - 1e-12), g.ppf(1 - 1e-12))
    edges = [0, f.mean() / 2, f.mean(), g.mean(), 1.5 * max(f.mean(), g.mean()), top]
    edges.sort()
    quad = lambda h: sum(integrate.quad(h, u, v, epsabs=0, epsrel=1e-12, limit=500)[0] for u, v in zip(edges, edges[1:]) if v > u)
    cdf = lambda q: quad(lambda x: f.pdf(x) * g.cdf(q * x))
    gamma.append(dict(first=dict(events=e1, exposure=t1), second=dict(events=e2, exposure=t2), prior=dict(shape=k, rate=r), chance=quad(lambda x: f.pdf(x) * g.sf(x)),
                      taking=quad(lambda t: f.sf(t) * g.cdf(t)), keeping=quad(lambda t: g.sf(t) * f.cdf(t)),
                      limits=[optimize.brentq(lambda q: cdf(q) - p, 1e-3, 50, xtol=1e-13) for p in (0.025, 0.975)]))

hashes = []
for length in [0, 1, 2, 7, 8, 9, 15, 16, 31, 64]:
    with tempfile.NamedTemporaryFile() as file:
        file.write(bytes(range(length)))
        file.flush()
        out = subprocess.run(['openssl', 'mac', '-macopt', 'hexkey:000102030405060708090a0b0c0d0e0f', '-macopt', 'size:8', '-in', file.name, 'SIPHASH'], capture_output=True, text=True, check=True)
    hashes.append(dict(length=length, hex=out.stdout.strip().lower()))
print(json.dumps(dict(beta=beta, gamma=gamma, hashes=hashes), indent=1))
