# Golden values of a structural series with known variances by statsmodels UnobservedComponents: likelihood, smoothed states, forecast.
# Run in this folder: /usr/bin/python3 make-quasi-structural.py > quasi-structural.json.
import json
import numpy as np
from statsmodels.tsa.statespace.structural import UnobservedComponents

rng = np.random.default_rng(2015)
n, before = 60, 45
x = np.cumsum(rng.normal(size=n)) * 0.5 + 100
level = np.cumsum(rng.normal(size=n) * 0.1)
season = np.tile([1.0, -0.5, -1.0, 0.5], n // 4)
y = np.round(1.2 * x + level + season + rng.normal(size=n) * 0.6 + np.where(np.arange(n) >= before, 3.0, 0.0), 3)
x = np.round(x, 3)
y_scaled = (y - y[:before].mean()) / y[:before].std(ddof=1)
x_scaled = (x - x[:before].mean()) / x[:before].std(ddof=1)

def case(seasonal, exog):
    z = y_scaled.copy()
    z[before:] = np.nan
    z[7] = np.nan
    model = UnobservedComponents(z, level='llevel', seasonal=4 if seasonal else None, exog=x_scaled if exog else None, mle_regression=False)
    variances = [0.2, 0.01] + ([0.005] if seasonal else [])
    k = model.k_states
    mean = np.zeros(k)
    mean[0] = z[0]
    model.initialize_known(mean, np.eye(k))
    model.loglikelihood_burn = 0
    result = model.smooth(variances)
    pred = result.get_prediction(start=before, end=n - 1)
    # Covariance of the mean of the values after, through the joint normal law of a dense model.
    return dict(loglike=float(model.loglike(variances)), smoothed=result.smoothed_state[:, :before].T.tolist(),
                mean=pred.predicted_mean.tolist(), se=pred.se_mean.tolist())
print(json.dumps(dict(y=y.tolist(), x=x.tolist(), yScaled=y_scaled.tolist(), xScaled=x_scaled.tolist(), before=before,
                      plain=case(False, False), regression=case(False, True), full=case(True, True))))
