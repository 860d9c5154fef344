# Golden TOPSIS, VIKOR and grey relation, written out from the formulas of the sources. Run in this folder:
# Rscript make-aggregation.R > aggregation.json
library(jsonlite)
set.seed(3)
x <- round(cbind(runif(8, 60, 99), rexp(8, 0.1), runif(8, 5, 20), runif(8, 1, 5)), 2)
benefit <- c(TRUE, FALSE, TRUE, FALSE); w <- c(0.4, 0.3, 0.2, 0.1)
topsis <- function(norm, best = NULL, worst = NULL) {
  ideal <- ifelse(benefit, apply(x, 2, max), apply(x, 2, min)); anti <- ifelse(benefit, apply(x, 2, min), apply(x, 2, max))
  if (!is.null(best)) { ideal <- best; anti <- worst }
  s <- switch(norm, vector = sqrt(colSums(x^2)), minmax = abs(ideal - anti))
  dp <- sqrt(rowSums(sweep(sweep(x, 2, ideal), 2, w / s, '*')^2)); dm <- sqrt(rowSums(sweep(sweep(x, 2, anti), 2, w / s, '*')^2))
  list(toBest = dp, toWorst = dm, closeness = dm / (dp + dm)) }
fs <- ifelse(benefit, apply(x, 2, max), apply(x, 2, min)); fm <- ifelse(benefit, apply(x, 2, min), apply(x, 2, max))
short <- t(apply(x, 1, function(r) w * (fs - r) / (fs - fm)))
S <- rowSums(short); R <- apply(short, 1, max); v <- 0.6
Q <- v * (S - min(S)) / (max(S) - min(S)) + (1 - v) * (R - min(R)) / (max(R) - min(R))
greyGrades <- function(reference, rho) { all <- if (is.null(reference)) x else rbind(x, reference)
  z <- sapply(1:4, function(j) { u <- all[, j]; if (benefit[j]) (u - min(u)) / (max(u) - min(u)) else (max(u) - u) / (max(u) - min(u)) })
  ref <- if (is.null(reference)) apply(z, 2, max) else z[9, ]; d <- abs(sweep(z[1:8, ], 2, ref))
  k <- (min(d) + rho * max(d)) / (d + rho * max(d)); c(k %*% w) }
reference <- c(85, 6, 12, 2)
best <- c(100, 0, 25, 1); worst <- c(50, 60, 0, 5)
cat(toJSON(list(rows = x, benefit = benefit, weights = w, topsisVector = topsis('vector'), topsisMinMax = topsis('minmax'),
  ideals = list(best = best, worst = worst), topsisGiven = topsis('minmax', best, worst),
  vikor = list(v = v, S = S, R = R, Q = Q), greyIdeal = greyGrades(NULL, 0.5), reference = reference, greyGiven = greyGrades(reference, 0.3)),
  digits = NA, auto_unbox = TRUE))
