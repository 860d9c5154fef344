# Golden group-sequential figures by multivariate normal integrals (mvtnorm, algorithm of Miwa), another way than the recursion in src.
# Run: Rscript make-experiments-group-sequential.R > experiments-group-sequential.json
suppressMessages({ library(jsonlite); library(mvtnorm) })
miwa <- Miwa(steps = 1024)
# Chance of first leaving (lower, upper) above at look k.
exit_above <- function(t, lower, upper, k, drift, side = 'upper') {
  S <- outer(t[1:k], t[1:k], function(a, b) sqrt(pmin(a, b) / pmax(a, b)))
  lo <- c(lower[seq_len(k - 1)], if (side == 'upper') upper[k] else -Inf)
  hi <- c(upper[seq_len(k - 1)], if (side == 'upper') Inf else lower[k])
  m <- drift * sqrt(t[1:k])
  if (k == 1) return(pnorm(hi - m) - pnorm(lo - m))
  as.numeric(pmvnorm(lo, hi, mean = m, corr = S, algorithm = miwa))
}
total <- function(t, u, two, drift = 0) sum(sapply(seq_along(t), function(k) exit_above(t, if (two) -u else rep(-Inf, length(t)), u, k, drift)))
constant <- function(K, delta, alpha, two = TRUE) { t <- (1:K) / K; uniroot(function(c) total(t, c * t^(delta - 0.5), two) - (if (two) alpha / 2 else alpha), c(1, 6), tol = 1e-10)$root }
constants <- lapply(list(c(2, 0), c(4, 0), c(2, 0.5), c(4, 0.5), c(3, 0.25)), function(a) list(looks = a[1], delta = a[2], constant = constant(a[1], a[2], 0.05)))
one <- constant(3, 0.5, 0.025, FALSE)
spend <- function(f, t, alpha, two) {
  u <- c(); spent <- 0
  for (k in seq_along(t)) {
    goal <- f(t[k]) - spent
    g <- function(b) exit_above(t, if (two) -c(u, b) else rep(-Inf, k), c(u, b), k, 0) - goal
    u <- c(u, uniroot(g, c(0.5, 8), tol = 1e-10)$root); spent <- f(t[k])
  }
  u
}
t <- c(0.3, 0.55, 0.8, 1); a <- 0.025
spending <- list(
  list(shape = list(kind = 'lan-demets-obrien-fleming'), upper = spend(function(x) 2 - 2 * pnorm(qnorm(1 - a / 2) / sqrt(x)), t, a, TRUE)),
  list(shape = list(kind = 'lan-demets-pocock'), upper = spend(function(x) a * log(1 + (exp(1) - 1) * x), t, a, TRUE)),
  list(shape = list(kind = 'hwang-shih-decani', gamma = -4), upper = spend(function(x) a * (1 - exp(4 * x)) / (1 - exp(4)), t, a, TRUE)),
  list(shape = list(kind = 'power', rho = 2), upper = spend(function(x) a * x^2, t, a, TRUE)))
u <- spending[[1]]$upper
exits <- list(drift = 2.8, upper = sapply(1:4, function(k) exit_above(t, -u, u, k, 2.8)), lower = sapply(1:4, function(k) exit_above(t, -u, u, k, 2.8, 'lower')))
# Stage-wise inference after stopping at look 3 with z = 2.6.
at_least <- function(d, z) sum(sapply(1:3, function(k) exit_above(t, -u, if (k == 3) c(u[1:2], z) else u, k, d)))
f <- function(p) uniroot(function(d) at_least(d, 2.6) - p, c(-3, 8), tol = 1e-9)$root
stage <- list(look = 3, z = 2.6, estimate = f(0.5) * sqrt(0.8), lower = f(0.025) * sqrt(0.8), upper = f(0.975) * sqrt(0.8), p = 2 * at_least(0, 2.6))
peeking <- sapply(c(2, 4), function(K) total((1:K) / K, rep(1.96, K), TRUE))
write(toJSON(list(constants = constants, one = one, fractions = t, spending = spending, exits = exits, stage = stage, peeking = peeking), digits = NA, auto_unbox = TRUE), stdout())
