# Golden tests from base R, exactRankTests and coin. Run: Rscript make-tests.R > tests.json
suppressMessages({ library(jsonlite); library(exactRankTests); library(coin) })
pairs <- list(list(c(1.1, 2.4, 3.3, 0.2, 5.8, 4.1), c(2.6, 7.7, 6.1, 9.3, 3.9)),
              list(c(1, 2, 2, 3, 3, 3, 5, 6), c(2, 3, 4, 4, 5, 6, 6, 7, 7)),
              list(c(10, 10, 10, 12), c(10, 12, 12, 12, 13, 13)),
              list(c(3, 8), c(1, 9, 4)))
quiet <- suppressWarnings
ranksum <- lapply(pairs, function(s) {
  a <- s[[1]]; b <- s[[2]]
  g <- factor(rep(c('b', 'a'), c(length(b), length(a))), levels = c('b', 'a'))
  d <- data.frame(v = c(b, a), g = g)
  one <- function(alternative) as.numeric(coin::pvalue(coin::wilcox_test(v ~ g, d, distribution = 'exact', alternative = alternative)))
  normal <- quiet(wilcox.test(b, a, exact = FALSE, correct = TRUE))
  tied <- any(duplicated(c(a, b)))
  exact <- if (tied) NULL else wilcox.test(b, a, exact = TRUE, conf.int = TRUE)
  list(first = a, second = b, statistic = unname(normal$statistic), two = one('two.sided'), greater = one('greater'), less = one('less'),
       normal = normal$p.value, normalGreater = quiet(wilcox.test(b, a, exact = FALSE, alternative = 'greater'))$p.value,
       exactRankTests = quiet(exactRankTests::wilcox.exact(b, a)$p.value), shift = median(outer(b, a, '-')),
       limits = if (tied) NULL else as.numeric(exact$conf.int))
})
big <- local({ set.seed(2); list(first = round(rexp(300, 0.1)), second = round(rexp(260, 0.08))) })
bigTest <- quiet(wilcox.test(big$second, big$first, correct = TRUE))
signed <- lapply(list(c(1.8, -0.4, 2.2, 3.1, -1.1, 0.9, 4.2), c(1, -1, 2, 2, 0, 3, -2, 5, 0, 4, 1), c(-3, -3, 1)), function(d) {
  e <- data.frame(y = d, x = 0)
  pratt <- as.numeric(coin::pvalue(coin::wilcoxsign_test(y ~ x, e, distribution = 'exact', zero.method = 'Pratt')))
  dropped <- as.numeric(coin::pvalue(coin::wilcoxsign_test(y ~ x, e, distribution = 'exact', zero.method = 'Wilcoxon')))
  normal <- quiet(wilcox.test(d, exact = FALSE, correct = TRUE))
  plain <- !any(duplicated(abs(d))) && !any(d == 0)
  exact <- if (plain) wilcox.test(d, exact = TRUE, conf.int = TRUE) else NULL
  list(differences = d, statistic = unname(normal$statistic), pratt = pratt, dropped = dropped, normal = normal$p.value,
       limits = if (plain) as.numeric(exact$conf.int) else NULL, shift = if (plain) unname(exact$estimate) else NULL)
})
groups <- list(c(7.1, 8.4, 6.9, 9.9, 7.7), c(6.2, 7.9, 6.1, 5.5, 7.0, 4.9), c(9.3, 8.8, 10.4, 7.7))
d <- data.frame(v = unlist(groups), g = factor(rep(1:3, lengths(groups))))
welch <- oneway.test(v ~ g, d); equal <- oneway.test(v ~ g, d, var.equal = TRUE)
table <- matrix(c(90, 110, 75, 20, 31, 14, 5, 3, 9), 3)
chi <- quiet(chisq.test(table, correct = FALSE))
huge <- chisq.test(matrix(c(9000, 1000, 7000, 3000), 2), correct = FALSE)
counts <- lapply(list(c(7, 2, 2.1), c(0, 3, 1.5), c(310, 100, 2.6)), function(a) list(events = a[1], exposure = a[2], rate = a[3],
  two = poisson.test(a[1], a[2], a[3])$p.value, greater = poisson.test(a[1], a[2], a[3], 'greater')$p.value, less = poisson.test(a[1], a[2], a[3], 'less')$p.value))
shares <- lapply(list(c(7, 20, 0.6), c(0, 12, 0.1), c(880, 1000, 0.9)), function(a) list(successes = a[1], trials = a[2], probability = a[3],
  two = binom.test(a[1], a[2], a[3])$p.value, greater = binom.test(a[1], a[2], a[3], 'greater')$p.value, less = binom.test(a[1], a[2], a[3], 'less')$p.value))
low <- t.test(groups[[2]], groups[[1]], mu = -4, alternative = 'greater'); high <- t.test(groups[[2]], groups[[1]], mu = 1.5, alternative = 'less')
superior <- t.test(groups[[2]], groups[[1]], alternative = 'less')
both <- t.test(groups[[2]], groups[[1]], conf.level = 0.9)
tost <- list(first = groups[[1]], second = groups[[2]], pLower = low$p.value, pUpper = high$p.value, limits = as.numeric(both$conf.int),
             pSuperior = superior$p.value)
# Farrington-Manning score at a margin, the restricted shares found by maximising the likelihood numerically.
fm <- local({
  x1 <- 80; n1 <- 100; x2 <- 76; n2 <- 95; m <- -0.1
  u <- function(p) x1 / p - (n1 - x1) / (1 - p) + x2 / (p + m) - (n2 - x2) / (1 - p - m)
  p <- uniroot(u, c(0.1 + 1e-9, 1 - 1e-9), tol = 1e-15)$root
  N <- n1 + n2
  z <- (x2 / n2 - x1 / n1 - m) / sqrt((p * (1 - p) / n1 + (p + m) * (1 - p - m) / n2) * N / (N - 1))
  pnorm(z, lower.tail = FALSE)
})
rateRatio <- local({ x1 <- 40; t1 <- 20; x2 <- 43; t2 <- 21; r <- 1.5; s <- r * t2 / (t1 + r * t2); pnorm((x2 - 83 * s) / sqrt(83 * s * (1 - s))) })
write(toJSON(list(ranksum = ranksum, big = list(first = big$first, second = big$second, statistic = unname(bigTest$statistic), p = bigTest$p.value),
  signed = signed, groups = groups, welch = list(f = unname(welch$statistic), df = unname(welch$parameter), p = welch$p.value),
  equal = list(f = unname(equal$statistic), p = equal$p.value), table = table, chi = list(x = unname(chi$statistic), df = unname(chi$parameter), p = chi$p.value),
  huge = unname(huge$p.value), counts = counts, shares = shares, tost = tost, fm = fm, rateRatio = rateRatio), digits = NA, auto_unbox = TRUE, null = 'null'), stdout())
