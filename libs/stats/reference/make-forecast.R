# Golden values for forecasts: forecast::ets and forecast() on R's AirPassengers (log), UKgas (log) and Nile, snaive, stl, negative binomial.
# Run in this folder: Rscript make-forecast.R. Output: forecast.json.
suppressMessages(library(forecast)); library(jsonlite)
air <- log(as.numeric(AirPassengers)); gas <- log(as.numeric(UKgas)); nile <- as.numeric(Nile)
one <- function(v, period, model, damped) {
  fit <- ets(ts(v, frequency = period), model = model, damped = damped, opt.crit = 'lik', ic = 'aicc')
  f <- forecast(fit, h = 2 * period + 1, level = 95)
  p <- fit$par; get <- function(name, other) if (name %in% names(p)) unname(p[name]) else other
  states <- fit$initstate; season <- states[grepl('^s', names(states))]
  list(values = v, period = period, alpha = get('alpha', 0), beta = get('beta', 0), gamma = get('gamma', 0), phi = get('phi', 1),
       level = unname(states['l']), slope = if ('b' %in% names(states)) unname(states['b']) else 0, season = I(rev(unname(season))),
       fitted = as.numeric(fitted(fit)), sse = sum(residuals(fit)^2), loglik = fit$loglik, aicc = fit$aicc, sigma2 = fit$sigma2,
       k = length(fit$par), # forecast 8.20 puts gamma at the third place of the state also without a slope, so its ANA intervals widen one step early.
       error = if (model == 'ANA') { h <- 1:9; hm <- floor((h - 1) / period); a <- get('alpha', 0); g <- get('gamma', 0)
         sqrt(fit$sigma2 * (1 + a^2 * (h - 1) + g * hm * (2 * a + g))) } else (as.numeric(f$upper) - as.numeric(f$mean)) / qnorm(0.975), mean = as.numeric(f$mean))
}
smoothing <- list(air = one(air, 12, 'AAA', FALSE), airDamped = one(air, 12, 'AAA', TRUE), gas = one(gas, 4, 'AAA', FALSE),
                  gasNone = one(gas, 4, 'ANA', FALSE), nile = one(nile, 1, 'ANN', FALSE), nileDamped = one(nile, 1, 'AAN', TRUE))
naive <- forecast(snaive(ts(gas, frequency = 4), h = 9, level = 95))
stl_of <- function(v, period, ...) { x <- stl(ts(v, frequency = period), s.jump = 1, t.jump = 1, l.jump = 1, ...)
  list(season = as.numeric(x$time.series[, 1]), trend = as.numeric(x$time.series[, 2]), weights = as.numeric(x$weights)) }
decomposition <- list(windowed = stl_of(air, 12, s.window = 7), periodic = stl_of(air, 12, s.window = 'periodic'))
set.seed(2); events <- rpois(20, rep(c(2, 5), each = 10)); exposure <- rep(c(1, 1.5), 10)
learn <- function(w) { a <- b <- ll <- 0
  for (i in seq_along(events)) {
    if (a > 0) ll <- ll + dnbinom(events[i], size = w * a, prob = w * b / (w * b + exposure[i]), log = TRUE)
    a <- w * a + events[i]; b <- w * b + exposure[i] }
  c(a, b, ll) }
w <- c(1, 0.98, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5); lls <- sapply(w, function(m) learn(m)[3]); best <- w[which.max(lls)]; ab <- learn(best)
prob <- best * ab[2] / (best * ab[2] + 2)
low <- list(events = events, exposure = exposure, memory = best, rate = ab[1] / ab[2], lower = qnbinom(0.025, best * ab[1], prob),
            upper = qnbinom(0.975, best * ab[1], prob), tail = 1 - pnbinom(9, best * ab[1], prob))
write(toJSON(list(smoothing = smoothing, naive = list(mean = as.numeric(naive$mean), upper = as.numeric(naive$upper)), decomposition = decomposition,
                  spoilt = 49, low = low), digits = NA, auto_unbox = TRUE), 'forecast.json')
