# Golden values for effects that last or fade: lm with Newey-West, nls, cumulative sums, window means by hand.
# Run in this folder: Rscript make-lasting.R. Output: lasting.json.
suppressMessages({library(sandwich); library(jsonlite)})
set.seed(8); t <- 0:23
e <- round(-6 * exp(-0.07 * t) + as.numeric(arima.sim(list(ar = 0.3), 24, sd = 0.5)), 3)
fit <- lm(e ~ t); v <- NeweyWest(fit, lag = 2, prewhite = FALSE, adjust = TRUE)
n <- nls(e ~ a * exp(-r * t), start = list(a = -5, r = 0.05), control = nls.control(tol = 1e-7, minFactor = 1e-12)); b <- coef(n)
J <- cbind(exp(-b[2] * t), -b[1] * t * exp(-b[2] * t)); u <- residuals(n) * J; m <- crossprod(u)
for (l in 1:2) { g <- crossprod(u[-(1:l), ], u[1:(24 - l), ]); m <- m + (1 - l / 3) * (g + t(g)) }
B <- solve(crossprod(J)); w <- B %*% m %*% B * 24 / 22
short <- -1 * (-5 - e); up <- Reduce(function(a, x) max(0, a + x / 0.8 - 0.5), short, 0, accumulate = TRUE)[-1]
k <- t >= 12 & t < 18; mw <- mean(-e[k]); eff <- 6 * 0.7 / 1.3; er <- sd(e[k]) / sqrt(eff); df <- max(1, eff - 1)
write(toJSON(list(since = t, effect = e, line = unname(coef(fit)), se = unname(sqrt(diag(v))), slopeP = unname(pt(coef(fit)[2] / sqrt(v[2, 2]), 22, lower.tail = FALSE)),
  half = list(initial = unname(b[1]), rate = unname(b[2]), se = sqrt(w[2, 2]), lower = log(2) / unname(b[2] + qt(0.975, 22) * sqrt(w[2, 2])), upper = log(2) / unname(b[2] - qt(0.975, 22) * sqrt(w[2, 2]))),
  up = up, cumulative = cumsum(e + 5), window = list(mean = -mw, lower = -(mw + qt(0.95, df) * er), upper = -(mw - qt(0.95, df) * er), p = pt((mw - 0.5 * 5) / er, df, lower.tail = FALSE))),
  digits = NA, auto_unbox = TRUE), 'lasting.json')
