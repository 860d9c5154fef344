# Golden values of a robust decomposition by statsmodels STL. R's stl sorts its remainders only in part, so that its robust weights rest on a
# figure below six times the median (0.0872 for 0.0968 on these data); statsmodels takes the median itself, as the paper does.
# Run in this folder: /usr/bin/python3 make-forecast-stl.py > forecast-stl.json (after make-forecast.R).
import json
import numpy as np
from statsmodels.tsa.seasonal import STL

golden = json.load(open('forecast.json'))
values = np.array(golden['smoothing']['air']['values'])
values[golden['spoilt']] += 1
def fit(degree):
    found = STL(values, period=12, seasonal=7, seasonal_deg=degree, robust=True).fit(inner_iter=1, outer_iter=15)
    return dict(trend=found.trend.tolist(), season=found.seasonal.tolist(), weights=found.weights.tolist())
print(json.dumps(dict(values=values.tolist(), means=fit(0), lines=fit(1))))
