# Golden values for growth tests (binom.test, dbinom, uniroot), false discovery (p.adjust), change points (optimal partitioning over all
# cuts, written out), Pettitt on the Nile, OLS-CUSUM by strucchange, backtest limits.
# Run in this folder: Rscript make-warning.R. Output: warning.json.
library(jsonlite); suppressMessages(library(strucchange))
growth <- function(x1, e1, x2, e2, r) {
  n <- x1 + x2; chance <- function(q) q * e2 / (e1 + q * e2); p <- chance(r)
  exact <- c(up = binom.test(x2, n, p, 'greater')$p.value, down = binom.test(x2, n, p, 'less')$p.value)
  mid <- exact - dbinom(x2, n, p) / 2
  ci <- binom.test(x2, n)$conf.int; back <- function(q) q / (1 - q) * e1 / e2
  midp <- function(q, lower) pbinom(x2, n, q, lower.tail = lower) + if (lower) -dbinom(x2, n, q) / 2 else dbinom(x2, n, q) / 2
  midci <- c(if (x2 == 0) 0 else uniroot(function(q) midp(q, FALSE) - 0.025, c(1e-12, 1 - 1e-12), tol = 1e-14)$root,
             if (x2 == n) 1 else uniroot(function(q) midp(q, TRUE) - 0.025, c(1e-12, 1 - 1e-12), tol = 1e-14)$root)
  list(x1 = x1, e1 = e1, x2 = x2, e2 = e2, r = r, exact = I(unname(exact)), mid = I(unname(mid)), ci = I(back(ci)), midci = I(back(midci)))
}
growths <- list(growth(5, 1, 11, 1, 1), growth(5, 1, 11, 1, 1.3), growth(120, 30, 160, 31, 1.3), growth(0, 2, 4, 2.5, 1), growth(900, 1, 1300, 1, 1.3))
share <- function(x1, n1, x2, n2, r) {
  ll <- function(p) -(dbinom(x1, n1, p, TRUE) + dbinom(x2, n2, min(1, r * p), TRUE))
  p1 <- optimize(ll, c(1e-9, min(1, 1 / r) - 1e-9), tol = 1e-13)$minimum; p2 <- r * p1
  z <- (x2 / n2 - r * x1 / n1) / sqrt(p2 * (1 - p2) / n2 + r^2 * p1 * (1 - p1) / n1)
  list(x1 = x1, n1 = n1, x2 = x2, n2 = n2, r = r, z = z, mn = z / sqrt((n1 + n2) / (n1 + n2 - 1)))
}
shares <- list(share(12, 200, 30, 220, 1), share(12, 200, 30, 220, 1.3), share(40, 60, 50, 55, 1.2))
fisher <- function(x1, n1, x2, n2) { m <- matrix(c(x2, x1, n2 - x2, n1 - x1), 2)
  list(x1 = x1, n1 = n1, x2 = x2, n2 = n2, up = fisher.test(m, alternative = 'greater')$p.value, down = fisher.test(m, alternative = 'less')$p.value) }
fishers <- list(fisher(3, 30, 7, 20), fisher(0, 400, 3, 60), fisher(2, 9, 0, 11), fisher(15, 16, 4, 9), fisher(1, 5000, 6, 4000))
set.seed(4)
hist <- rnbinom(24, size = 4, mu = 20); hexp <- round(runif(24, 0.8, 1.2), 2)
mu <- sum(hist) / sum(hexp) * hexp; z <- (hist - mu) / sqrt(mu)
fit <- glm(hist ~ 1 + offset(log(hexp)), family = quasipoisson, control = glm.control(epsilon = 1e-14))
dispersion <- list(events = hist, exposure = hexp, pearson = summary(fit)$dispersion, successive = sum(diff(z)^2) / (2 * 23),
                   alpha = sum((hist - mu)^2 * 24 / 23 - mu) / sum(mu^2))
p <- c(runif(40)^2, runif(60)); p[7] <- p[9]
fdr <- list(p = p, bh = p.adjust(p, 'BH'), by = p.adjust(p, 'BY'))
# Optimal partitioning: every cut, no pruning.
optimal <- function(v, cost, penalty, least) {
  n <- length(v); best <- c(-penalty, rep(Inf, n)); from <- rep(NA, n)
  for (t in least:n) for (s in 0:(t - least)) if (is.finite(best[s + 1])) {
    value <- best[s + 1] + cost(v[(s + 1):t], s, t) + penalty
    if (value < best[t + 1]) { best[t + 1] <- value; from[t] <- s } }
  cuts <- c(); t <- n; while (!is.na(t) && t > 0) { cuts <- c(from[t], cuts); t <- from[t] }
  list(cost = best[n + 1], changes = I(cuts[cuts > 0]))
}
nile <- as.numeric(Nile); n <- length(nile)
sigma <- median(abs(diff(nile))) / (sqrt(2) * qnorm(0.75))
level <- function(v, s, t) sum((v - mean(v))^2) / sigma^2
both <- function(v, s, t) { m <- mean((v - mean(v))^2); length(v) * (log(2 * pi * max(m, 1e-10)) + 1) }
counts <- c(rpois(30, 4), rpois(25, 9), rpois(20, 5))
rate <- function(v, s, t) if (sum(v) == 0) 0 else 2 * (sum(v) - sum(v) * log(mean(v)))
shiftv <- c(rnorm(40), rnorm(30, 0, 3), rnorm(30, 2, 1))
mbic <- function(v, s, t) level(v, s, t) + log((t - s) / n)
change <- list(nile = nile, sigma = sigma, bic = optimal(nile, level, 2 * log(n), 5), modified = optimal(nile, mbic, 3 * log(n), 5),
  both = c(list(values = shiftv), optimal(shiftv, both, 3 * log(100), 4)), counts = c(list(values = counts), optimal(counts, rate, 2 * log(75), 3)))
U <- sapply(1:(n - 1), function(t) sum(sign(outer(nile[(t + 1):n], nile[1:t], '-'))))
K <- max(abs(U))
pettitt <- list(K = K, position = which.max(abs(U)), p = 2 * exp(-6 * K^2 / (n^3 + n^2)))
test <- sctest(efp(nile ~ 1, type = 'OLS-CUSUM'))
e <- nile - mean(nile)
longrun <- sum(e^2) / (n - 1) + 2 * sum(sapply(1:3, function(l) (1 - l / 4) * sum(e[-(1:l)] * e[1:(n - l)]) / (n - 1)))
cusum <- list(statistic = unname(test$statistic), p = unname(test$p.value), position = which.max(abs(cumsum(e))),
              longrun = max(abs(cumsum(e))) / sqrt(n * longrun), tail = sapply(c(0.3, 0.6, 0.9, 1.2, 2), function(x) 1 - sum(
                sqrt(2 * pi) / x * exp(-(2 * (1:50) - 1)^2 * pi^2 / (8 * x^2)))))
limits <- list(precision = I(binom.test(7, 10)$conf.int[1:2]), recall = I(binom.test(3, 4)$conf.int[1:2]), rate = I(poisson.test(3, 60)$conf.int[1:2]))
write(toJSON(list(growths = growths, shares = shares, fishers = fishers, dispersion = dispersion, fdr = fdr, change = change, pettitt = pettitt, cusum = cusum,
                  limits = limits), digits = NA, auto_unbox = TRUE), 'warning.json')
