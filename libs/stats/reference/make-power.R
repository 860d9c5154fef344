# Golden powers: pwr and base R; panels, stepped wedges and interrupted series with dense matrices. Run: Rscript make-power.R > power.json
suppressMessages({ library(jsonlite); library(pwr) })
tight <- .Machine$double.eps^0.8
means <- lapply(list(c(30, 0.6, 1, 0.05), c(12, 1.1, 2.5, 0.01), c(400, 0.2, 0.5, 0.05)), function(a) {
  two <- pwr.t2n.test(n1 = a[1], n2 = a[1] * a[3], d = a[2], sig.level = a[4])$power
  one <- pwr.t2n.test(n1 = a[1], n2 = a[1] * a[3], d = a[2], sig.level = a[4], alternative = 'greater')$power
  list(count = a[1], effect = a[2], allocation = a[3], alpha = a[4], two = two, one = one)
})
size <- power.t.test(delta = 0.5, sd = 1.2, power = 0.9, strict = TRUE, tol = tight)$n
detect <- power.t.test(n = 50, sd = 1.2, power = 0.8, strict = TRUE, tol = tight)$delta
paired <- power.t.test(n = 18, delta = 0.5, sd = sqrt(2 * (1 - 0.6)), type = 'paired', strict = TRUE)$power
prop <- power.prop.test(n = 150, p1 = 0.7, p2 = 0.82, strict = TRUE)$power
propSize <- power.prop.test(p1 = 0.7, p2 = 0.82, power = 0.9, strict = TRUE, tol = tight)$n
arcsine <- pwr.2p2n.test(h = ES.h(0.82, 0.7), n1 = 150, n2 = 300)$power
anova <- lapply(list(c(4, 20, 0.28), c(3, 52, 0.1)), function(a) list(groups = a[1], count = a[2], f = a[3], power = pwr.anova.test(k = a[1], n = a[2], f = a[3])$power))
chisq <- pwr.chisq.test(w = 0.1, N = 800, df = 4)$power
nct <- function(effect, se, df, alpha = 0.05) { q <- qt(1 - alpha / 2, df); pt(q, df, effect / se, lower.tail = FALSE) + pt(-q, df, effect / se) }
# Difference in differences by generalised least squares on cluster-period means, cluster effects random with their covariance known.
did <- local({
  sd <- 2; B <- 3; A <- 4; n <- 25; icc <- 0.08; cac <- 0.7; k1 <- 9; k2 <- 6
  a <- cac * icc * sd^2; b <- sd^2 * ((1 - cac) * icc + (1 - icc) / n)
  periods <- B + A; post <- rep(c(0, 1), c(B, A))
  V <- diag(b, periods) + a
  information <- matrix(0, periods + 2, periods + 2)
  for (arm in c(0, 1)) { X <- cbind(diag(periods), arm, arm * post); information <- information + c(k1, k2)[arm + 1] * t(X) %*% solve(V) %*% X }
  gls <- solve(information)[periods + 2, periods + 2]
  pre <- a + b / B; pst <- a + b / A
  ancova <- (pst - a^2 / pre) * (1 / k1 + 1 / k2)
  list(standardDeviation = sd, before = B, after = A, casesPerPeriod = n, correlation = icc, betweenPeriods = cac, count = k1, allocation = k2 / k1,
       power = nct(0.5, sqrt(gls), k1 + k2 - 2), covariance = nct(0.5, sqrt(ancova), k1 + k2 - 3))
})
# Stepped wedge: Hussey and Hughes (2007), equation 8, and dense matrices with decay.
wedge <- local({
  K <- 4; T <- 5; per <- 3; n <- 20; icc <- 0.05; s2 <- 1
  X <- t(sapply(1:K, function(j) as.numeric(1:T > j))); X <- X[rep(1:K, each = per), ]
  I <- nrow(X); tau2 <- icc * s2; sigma2 <- (1 - icc) * s2 / n
  U <- sum(X); W <- sum(colSums(X)^2); V <- sum(rowSums(X)^2)
  hh <- I * sigma2 * (sigma2 + T * tau2) / ((I * U - W) * sigma2 + (U^2 + I * T * U - T * W - I * V) * tau2)
  cac <- 0.8
  M <- diag(s2 * ((1 - cac) * icc + (1 - icc) / n), T) + cac * icc * s2
  information <- 0
  for (i in 1:I) { Z <- cbind(diag(T), X[i, ]); information <- information + t(Z) %*% solve(M) %*% Z }
  list(periods = T, clusters = per, casesPerPeriod = n, correlation = icc, hh = hh, cac = cac, hooper = solve(information)[T + 1, T + 1],
       power = nct(0.15, sqrt(hh), Inf))
})
series <- lapply(list(list(24, 12, 0.4, 'level'), list(36, 24, 0.2, 'average'), list(30, 20, 0.6, 'slope')), function(a) {
  B <- a[[1]]; A <- a[[2]]; r <- a[[3]]; t <- 0:(B + A - 1) - B; after <- as.numeric(t >= 0)
  X <- cbind(1, t, after, t * after, cos(2 * pi * (t + B) / 12), sin(2 * pi * (t + B) / 12))
  V <- r^abs(outer(t, t, '-'))
  cov <- solve(t(X) %*% solve(V) %*% X)
  w <- switch(a[[4]], level = c(0, 0, 1, 0, 0, 0), slope = c(0, 0, 0, 1, 0, 0), average = c(0, 0, 1, (A - 1) / 2, 0, 0))
  se <- 1.3 * sqrt(c(t(w) %*% cov %*% w))
  df <- min(B + A - 6, max(2, (B + A) * (1 - r) / (1 + r) - 6))
  list(before = B, after = A, correlation = r, target = a[[4]], effect = 2 * se, power = nct(2 * se, se, df))
})
tost <- lapply(list(c(0, 1, 0.3, 18), c(0.2, 1, 0.35, 40), c(0, 1, 0.6, 10)), function(a) {
  q <- qt(0.95, a[4])
  f <- function(s) { lo <- (-a[2] - a[1]) / a[3] + q * s; hi <- (a[2] - a[1]) / a[3] - q * s; pmax(0, pnorm(hi) - pnorm(lo)) * 2 * a[4] * s * dchisq(a[4] * s^2, a[4]) }
  list(effect = a[1], margin = a[2], se = a[3], df = a[4], power = integrate(f, 0, a[2] / a[3] / q, rel.tol = 1e-12, abs.tol = 0, subdivisions = 2000)$value)
})
noninferior <- pwr.t2n.test(n1 = 60, n2 = 60, d = 0.5, sig.level = 0.025, alternative = 'greater')$power
rates <- local({ l1 <- 2; l2 <- 2.6; t <- 50; p <- (l1 + l2) / 2; v <- function(a, b) 1.4 / t * (1 / a + 1 / b); q <- qnorm(0.975) * sqrt(v(p, p)); pnorm((log(1.3) - q) / sqrt(v(l1, l2))) + pnorm((-log(1.3) - q) / sqrt(v(l1, l2))) })
write(toJSON(list(means = means, size = size, detect = detect, paired = paired, prop = prop, propSize = propSize, arcsine = arcsine, anova = anova, chisq = chisq,
  did = did, wedge = wedge, series = series, tost = tost, noninferior = noninferior, rates = rates), digits = NA, auto_unbox = TRUE), stdout())
