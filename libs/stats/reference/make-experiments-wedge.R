# Golden stepped wedge: every order of sequences listed, the interval by a search over effects. Run: Rscript make-experiments-wedge.R > experiments-wedge.json
library(jsonlite)
set.seed(14)
K <- 6; T <- 4
X <- t(sapply(c(1, 1, 2, 2, 3, 3), function(s) as.numeric(1:T > s)))
Y <- round(10 + outer(rnorm(K, 0, 2), rep(1, T)) + outer(rep(1, K), c(0, 1, 1.5, 3)) + 1.8 * X + rnorm(K * T, 0, 0.7), 2)
stat <- function(Y, Z) { d <- 0; w <- 0
  for (t in 1:T) { n1 <- sum(Z[, t]); n0 <- K - n1
    if (n1 > 0 && n0 > 0) { h <- n1 * n0 / (n1 + n0); d <- d + h * (mean(Y[Z[, t] == 1, t]) - mean(Y[Z[, t] == 0, t])); w <- w + h } }
  d / w }
orders <- list()
permute <- function(left, taken) if (length(left) == 0) orders[[length(orders) + 1]] <<- taken else for (v in unique(left)) permute(left[-match(v, left)], c(taken, v))
permute(c(1, 1, 2, 2, 3, 3), c())
Z <- lapply(orders, function(o) X[c(1, 3, 5)[o], ])
p <- function(d) { e <- Y - d * X; mean(sapply(Z, function(z) abs(stat(e, z))) >= abs(stat(e, X)) - 1e-10) }
observed <- stat(Y, X)
edge <- function(sign) { lo <- 0; hi <- 40; for (i in 1:60) { m <- (lo + hi) / 2; if (p(observed + sign * m) > 0.1) lo <- m else hi <- m }; observed + sign * lo }
write(toJSON(list(treated = X, outcomes = Y, estimate = observed, p = p(0), limits = c(edge(-1), edge(1)), confidence = 0.9, count = length(Z)), digits = NA, auto_unbox = TRUE), stdout())
