# Golden estimates, each worked out in another way than in src: restricted likelihoods are maximised numerically, limits are roots of tests.
# Run: Rscript make-estimates.R > estimates.json
library(jsonlite)
root <- function(f, low, high) uniroot(f, c(low, high), tol = 1e-14, maxiter = 2000)$root
loglik <- function(x, n, p) ifelse(x == 0, 0, x * log(p)) + ifelse(x == n, 0, (n - x) * log(1 - p))

score_difference <- function(x1, n1, x2, n2, d) {
  u <- function(p) x1 / p - (n1 - x1) / (1 - p) + x2 / (p + d) - (n2 - x2) / (1 - p - d)
  e <- 1e-13
  low <- max(0, -d) + e; high <- min(1, 1 - d) - e
  p <- if (u(low) <= 0) low else if (u(high) >= 0) high else root(u, low, high)
  N <- n1 + n2
  (x2 / n2 - x1 / n1 - d) / sqrt((p * (1 - p) / n1 + (p + d) * (1 - p - d) / n2) * N / (N - 1))
}
score_ratio <- function(x1, n1, x2, n2, r) {
  u <- function(p) (x1 + x2) / p - (n1 - x1) / (1 - p) - r * (n2 - x2) / (1 - r * p)
  e <- 1e-13
  high <- min(1, 1 / r) * (1 - e)
  p <- if (u(high) >= 0) high else root(u, e, high)
  N <- n1 + n2
  (x2 / n2 - r * x1 / n1) / sqrt((r^2 * p * (1 - p) / n1 + r * p * (1 - r * p) / n2) * N / (N - 1))
}
score_odds <- function(x1, n1, x2, n2, w) {
  g <- function(p) p * w / (1 + p * (w - 1))
  p <- root(function(p) n1 * p + n2 * g(p) - x1 - x2, 1e-15, 1 - 1e-15)
  q <- g(p); N <- n1 + n2
  (x2 - n2 * q) * sqrt((1 / (n1 * p * (1 - p)) + 1 / (n2 * q * (1 - q))) * (N - 1) / N)
}
z <- qnorm(0.975)
proportions <- lapply(list(c(48, 80, 56, 70), c(9, 10, 3, 10), c(5, 56, 0, 29), c(812, 1000, 850, 1010), c(3, 900, 11, 850), c(1, 7, 6, 9)), function(a) {
  x1 <- a[1]; n1 <- a[2]; x2 <- a[3]; n2 <- a[4]
  d <- x2 / n2 - x1 / n1
  diff <- c(root(function(v) score_difference(x1, n1, x2, n2, v) - z, -1 + 1e-9, d - 1e-9), root(function(v) score_difference(x1, n1, x2, n2, v) + z, d + 1e-9, 1 - 1e-9))
  solve_log <- function(f, sign, zero) if (zero) NA else exp(root(function(l) f(x1, n1, x2, n2, exp(l)) - sign * z, -12, 12))
  ratio <- c(solve_log(score_ratio, 1, x2 == 0), solve_log(score_ratio, -1, x1 == 0))
  odds <- c(solve_log(score_odds, 1, x2 == 0), solve_log(score_odds, -1, x1 == 0))
  # fisher.test stops its roots early, so the noncentral hypergeometric distribution is written out; p is its own.
  low <- max(0, x1 + x2 - n1); high <- min(x1 + x2, n2); k <- low:high
  weight <- function(l) { e <- dhyper(k, n2, n1, x1 + x2, log = TRUE) + l * k; w <- exp(e - max(e)); w / sum(w) }
  limit <- function(f) exp(root(f, -30, 30))
  fisher <- list(estimate = if (x2 %in% c(low, high)) NA else limit(function(l) sum(k * weight(l)) - x2),
    limits = c(if (x2 == low) 0 else limit(function(l) sum(weight(l)[k >= x2]) - 0.025), if (x2 == high) NA else limit(function(l) sum(weight(l)[k <= x2]) - 0.025)),
    p = fisher.test(matrix(c(x2, n2 - x2, x1, n1 - x1), 2))$p.value)
  katz <- if (x1 * x2 > 0) x2 / n2 / (x1 / n1) * exp(c(-1, 1) * z * sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2)) else NA
  list(first = list(successes = x1, trials = n1), second = list(successes = x2, trials = n2), difference = diff, ratio = ratio, odds = odds,
       pValue = 2 * pnorm(-abs(score_difference(x1, n1, x2, n2, 0))), katz = katz,
       fisher = fisher)
})

score_rate <- function(x1, t1, x2, t2, d) {
  u <- function(l) x1 / l + x2 / (l + d) - t1 - t2
  low <- max(0, -d) + 1e-14
  l <- if (u(low) <= 0) low else root(u, low, 1e6)
  (x2 / t2 - x1 / t1 - d) / sqrt(l / t1 + (l + d) / t2)
}
rates <- lapply(list(c(11, 80, 23, 78), c(0, 10, 5, 12), c(150, 30, 190, 33)), function(a) {
  x1 <- a[1]; t1 <- a[2]; x2 <- a[3]; t2 <- a[4]; d <- x2 / t2 - x1 / t1
  dispersed <- sqrt(1.7) * z
  ratio_score <- function(r) (x2 - (x1 + x2) * r * t2 / (t1 + r * t2)) / sqrt((x1 + x2) * r * t2 * t1 / (t1 + r * t2)^2)
  list(first = list(events = x1, exposure = t1), second = list(events = x2, exposure = t2),
       difference = c(root(function(v) score_rate(x1, t1, x2, t2, v) - z, d - 20, d - 1e-9), root(function(v) score_rate(x1, t1, x2, t2, v) + z, d + 1e-9, d + 20)),
       ratio17 = c(exp(root(function(l) ratio_score(exp(l)) - dispersed, -15, 15)), if (x1 == 0) NA else exp(root(function(l) ratio_score(exp(l)) + dispersed, -15, 15))),
       pValue = 2 * pnorm(-abs(score_rate(x1, t1, x2, t2, 0))), pRatio = 2 * pnorm(-abs(ratio_score(1))),
       one = c(root(function(l) (x2 - l * t2) / sqrt(l * t2) - z, 1e-12, x2 / t2), root(function(l) (x2 - l * t2) / sqrt(l * t2) + z, x2 / t2, 100)))
})

x <- c(12, 7, 30, 18, 22, 9, 41, 15, 26, 33, 11, 19)
y <- c(20, 9, 47, 21, 40, 10, 70, 31, 35, 60, 15, 22)
n <- length(x); R <- mean(y) / mean(x); t <- qt(0.975, n - 1)
fiellerT <- function(r) (mean(y) - r * mean(x)) / sqrt((var(y) - 2 * r * cov(x, y) + r^2 * var(x)) / n)
paired <- t.test(y, x, paired = TRUE)
pairs <- list(x = x, y = y, ratio = R, se = sqrt((var(y) - 2 * R * cov(x, y) + R^2 * var(x)) / n) / mean(x),
  fieller = c(root(function(r) fiellerT(r) - t, 0.1, R), root(function(r) fiellerT(r) + t, R, 10)),
  paired = list(estimate = unname(paired$estimate), limits = as.numeric(paired$conf.int), p = paired$p.value))
a <- list(estimate = 24.1, se = 2.3, df = 17); b <- list(estimate = 19.6, se = 1.9, df = 25)
q <- b$estimate / a$estimate
df <- (b$se^2 + q^2 * a$se^2)^2 / (b$se^4 / b$df + q^4 * a$se^4 / a$df)
tt <- qt(0.975, df)
wald <- (b$se^2 + a$se^2)^2 / (b$se^4 / b$df + a$se^4 / a$df)
change <- list(first = list(estimate = 24.1, standardError = 2.3, degreesOfFreedom = 17), second = list(estimate = 19.6, standardError = 1.9, degreesOfFreedom = 25),
  fieller = c(root(function(r) (19.6 - r * 24.1) / sqrt(1.9^2 + r^2 * 2.3^2) - tt, 0.1, q), root(function(r) (19.6 - r * 24.1) / sqrt(1.9^2 + r^2 * 2.3^2) + tt, q, 5)) - 1,
  log = q * exp(c(-1, 1) * tt * sqrt(1.9^2 / 19.6^2 + 2.3^2 / 24.1^2)) - 1, pLog = 2 * pt(log(q) / sqrt(1.9^2 / 19.6^2 + 2.3^2 / 24.1^2), df),
  pDelta = 2 * pt((q - 1) / sqrt(1.9^2 / 24.1^2 + 2.3^2 * 19.6^2 / 24.1^4), df), delta = q - 1 + c(-1, 1) * tt * sqrt(1.9^2 / 24.1^2 + 2.3^2 * 19.6^2 / 24.1^4), pDifference = 2 * pt(-4.5 / sqrt(2.3^2 + 1.9^2), wald), df = wald)

set.seed(4)
v <- round(rexp(83, 0.1), 2); w <- round(rexp(61, 0.13), 2)
ranks <- lapply(c(0.5, 0.9, 0.1), function(p) list(p = p, estimate = unname(quantile(v, p)),
  limits = sort(v)[c(qbinom(0.025, 83, p), qbinom(0.975, 83, p) + 1)],
  coverage = pbinom(qbinom(0.975, 83, p), 83, p) - pbinom(qbinom(0.025, 83, p) - 1, 83, p)))
# Bootstrap of a difference of 90th percentiles, the plain way, for comparison within sampling error.
boot <- replicate(40000, unname(quantile(sample(w, replace = TRUE), 0.9) - quantile(sample(v, replace = TRUE), 0.9)))
write(toJSON(list(proportions = proportions, rates = rates, pairs = pairs, change = change,
  quantiles = list(values = v, other = w, ranks = ranks, boot = unname(quantile(boot, c(0.025, 0.25, 0.5, 0.75, 0.975))))), digits = NA, auto_unbox = TRUE, na = 'null', pretty = TRUE), stdout())
