# Golden clusters by the plain quadratic dynamic programme, and quantiles by R's quantile(). Run in this folder: Rscript make-grades.R > grades.json
library(jsonlite)
cost <- function(x, w) { m <- sum(w * x) / sum(w); sum(w * (x - m)^2) }
fit <- function(x, w, k) { n <- length(x); d <- matrix(Inf, k, n); b <- matrix(1, k, n)
  for (i in 1:n) d[1, i] <- cost(x[1:i], w[1:i])
  if (k > 1) for (q in 2:k) for (i in q:n) for (s in q:i) { v <- d[q - 1, s - 1] + cost(x[s:i], w[s:i]); if (v < d[q, i]) { d[q, i] <- v; b[q, i] <- s } }
  cuts <- integer(0); i <- n; for (q in k:1) { s <- if (q == 1) 1 else b[q, i]; cuts <- c(s, cuts); i <- s - 1 }
  list(k = k, withinSquares = d[k, n], lowest = x[cuts]) }
set.seed(21)
x <- sort(round(c(rnorm(30, 60, 4), rnorm(40, 75, 3), rnorm(20, 90, 2)), 1)); x <- unique(x)
w <- sample(1:5, length(x), TRUE)
scores <- round(rnorm(37, 80, 8), 1); shares <- c(0.1, 0.25, 0.5, 0.8)
cat(toJSON(list(values = x, weights = w, unweighted = lapply(1:6, function(k) fit(x, rep(1, length(x)), k)), weighted = lapply(1:6, function(k) fit(x, w, k)),
  scores = scores, shares = shares, type7 = unname(quantile(scores, shares)), type1 = unname(quantile(scores, shares, type = 1)),
  studentisedRange = lapply(c(2, 5, 20, 60), function(n) list(n = n, critical = qtukey(0.95, n, Inf) / sqrt(2)))), digits = NA, auto_unbox = TRUE))
