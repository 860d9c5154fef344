# Index vectors of run rules, written a second time with embed() and rle(), and Anhoej's two tests by rle and qbinom, on random series.
# Run in this folder: Rscript make-run-rules.R. Output: run-rules.json. Indices count from 0.
library(jsonlite)
set.seed(77)
series <- c(lapply(1:6, function(i) round(rnorm(60, 0, 1.3), 2)), lapply(1:3, function(i) round(as.numeric(arima.sim(list(ar = 0.8), 60)), 2)),
            list(round(cumsum(rnorm(60, 0.05)), 1), round(rnorm(60) * 0.4 + rep(c(1, -1), 30), 2), round(rnorm(60) * 0.3, 2)))
windows <- function(n, len) if (len < n) list() else lapply(seq_len(len - n + 1), function(i) i:(i + n - 1))
collect <- function(z, n, met, hit) {
  w <- windows(n, length(z)); whole <- c(); last <- c()
  for (i in w) if (met(z[i])) { h <- i[hit(z[i])]; whole <- c(whole, h); last <- c(last, max(h)) }
  list(whole = I(sort(unique(whole)) - 1), last = I(sort(unique(last)) - 1))
}
any_side <- function(z, n, k, s, cap = Inf, same = FALSE) {
  out <- list(whole = c(), last = c())
  for (sign in c(1, -1)) {
    hit <- function(v) sign * v > s & sign * v <= cap
    one <- collect(z, n, function(v) sum(hit(v)) >= k && (!same || all(sign * v > 0)), hit)
    out <- list(whole = c(out$whole, one$whole), last = c(out$last, one$last))
  }
  lapply(out, function(v) I(sort(unique(as.numeric(v)))))
}
all_in <- function(v) rep(TRUE, length(v))
rules <- list(
  beyond = function(z) collect(z, 1, function(v) abs(v) > 3, all_in),
  side = function(z, n) collect(z, n, function(v) all(v > 0) || all(v < 0), all_in),
  trend = function(z, n) collect(z, n, function(v) all(diff(v) > 0) || all(diff(v) < 0), all_in),
  alternating = function(z, n) collect(z, n, function(v) { d <- sign(diff(v)); all(d != 0) && all(d[-1] == -d[-length(d)]) }, all_in),
  hugging = function(z, n) collect(z, n, function(v) all(abs(v) < 1), all_in),
  mixture = function(z, n) collect(z, n, function(v) all(abs(v) > 1) && any(v > 0) && any(v < 0), all_in))
one <- function(z) {
  useful <- z[z != 0]; r <- rle(useful > 0)
  list(values = z,
    we = list(rules$beyond(z), any_side(z, 3, 2, 2), any_side(z, 5, 4, 1), rules$side(z, 8)),
    nelson = list(rules$beyond(z), rules$side(z, 9), rules$trend(z, 6), rules$alternating(z, 14), any_side(z, 3, 2, 2),
                  any_side(z, 5, 4, 1), rules$hugging(z, 15), rules$mixture(z, 8)),
    nhs = list(rules$beyond(z), rules$trend(z, 7), any_side(z, 3, 2, 2, cap = 3, same = TRUE), rules$side(z, 7)),
    anhoej = list(useful = length(useful), longest = max(r$lengths), longestLimit = round(log2(length(useful))) + 3,
                  crossings = length(r$lengths) - 1, crossingsLimit = qbinom(0.05, length(useful) - 1, 0.5)))
}
write(toJSON(lapply(series, one), digits = NA, auto_unbox = TRUE), 'run-rules.json')
