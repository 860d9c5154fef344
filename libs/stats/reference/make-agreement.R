# Golden agreement figures: psych for intraclass correlations and kappa, lm for leniency, Krippendorff's alpha pair by pair from its definition.
# Run in this folder: Rscript make-agreement.R > agreement.json
suppressMessages({ library(jsonlite); library(psych) })
icc <- function(x) { r <- ICC(x, lmer = FALSE)$results; list(ratings = x, estimate = r$ICC, lower = r$`lower bound`, upper = r$`upper bound`, f = r$F, p = r$p) }
shroutFleiss <- matrix(c(9,2,5,8, 6,1,3,2, 8,4,6,8, 7,1,2,6, 10,5,6,9, 6,2,4,7), 6, byrow = TRUE)
set.seed(17)
other <- round(rnorm(12, 70, 6) + matrix(rnorm(36, 0, 4), 12) + matrix(rep(c(0, 3, -2), each = 12), 12), 1)
noise <- round(matrix(rnorm(40, 50, 5), 10), 1)
alpha <- function(u, metric) { u <- u[rowSums(!is.na(u)) >= 2, , drop = FALSE]; all <- u[!is.na(u)]; n <- length(all); v <- sort(unique(all)); cnt <- table(factor(all, v))
  d2 <- function(a, b) switch(metric, nominal = (a != b) * 1, interval = (a - b)^2, ratio = if (a + b == 0) 0 else ((a - b) / (a + b))^2,
    ordinal = { lo <- min(a, b); hi <- max(a, b); inside <- cnt[v >= lo & v <= hi]; (sum(inside) - (cnt[v == lo] + cnt[v == hi]) / 2)^2 })
  o <- 0; for (r in 1:nrow(u)) { w <- u[r, !is.na(u[r, ])]; m <- length(w); for (i in 1:m) for (j in 1:m) if (i != j) o <- o + d2(w[i], w[j]) / (m - 1) }
  e <- 0; for (i in 1:n) for (j in 1:n) if (i != j) e <- e + d2(all[i], all[j]); unname(1 - (o / n) / (e / (n * (n - 1)))) }
gaps <- matrix(pmin(6, pmax(0, matrix(sample(0:5, 15, TRUE), 15, 4) + matrix(sample(-1:1, 60, TRUE), 15))), 15); gaps[sample(60, 14)] <- NA
metrics <- c('nominal', 'ordinal', 'interval', 'ratio')
tables <- list(matrix(c(11, 3, 1, 0, 2, 14, 4, 1, 0, 5, 12, 3, 1, 0, 2, 9), 4, byrow = TRUE), matrix(c(88, 14, 18, 10, 40, 10, 2, 6, 12), 3, byrow = TRUE))
# Errors of kappa by the multinomial delta method with numerical slopes: psych's own (0.6 % to 9 % off for weighted kappa) disagrees with the
# formula of Fleiss, Cohen and Everitt (1969), which this reproduces. Estimates are checked against psych inside.
kappaOf <- function(t) { k <- nrow(t); n <- sum(t); d <- abs(outer(1:k, 1:k, '-')) / (k - 1); p <- c(t) / n
  of <- function(w) function(p) { m <- matrix(p, k) / sum(p); e <- sum(outer(rowSums(m), colSums(m)) * w); (sum(m * w) - e) / (1 - e) }
  one <- function(w, psych) { f <- of(w); g <- sapply(seq_along(p), function(i) { h <- replace(0 * p, i, 1e-5); (f(p + h) - f(p - h)) / 2e-5 })
    stopifnot(abs(f(p) - psych) < 1e-9); list(kappa = f(p), se = sqrt((sum(p * g^2) - sum(p * g)^2) / n)) }
  weighted <- function(w) suppressWarnings(cohen.kappa(t, w = w, n.obs = n))$weighted.kappa
  list(table = t, none = one(diag(k), suppressWarnings(cohen.kappa(t, n.obs = n))$kappa), linear = one(1 - d, weighted(1 - d)), quadratic = one(1 - d^2, weighted(1 - d^2))) }
unit <- sprintf('u%02d', sample(1:14, 45, TRUE)); rater <- sample(c('Ma', 'Li', 'Wu', 'He'), 45, TRUE)
score <- round(75 + as.integer(factor(unit)) * 0.8 + c(Ma = 4, Li = 0, Wu = -3, He = 1)[rater] + rnorm(45, 0, 2), 1)
raters <- unique(rater); rf <- factor(rater, raters); contrasts(rf) <- contr.sum(length(raters)); uf <- factor(unit, unique(unit))
m <- lm(score ~ 0 + uf + rf); nu <- nlevels(uf); v <- vcov(m); b <- coef(m); cs <- contr.sum(length(raters))
leniency <- list(ratings = data.frame(unit, rater, score), raters = raters, effect = c(cs %*% b[-(1:nu)]), se = sqrt(diag(cs %*% v[-(1:nu), -(1:nu)] %*% t(cs))),
  units = levels(uf), corrected = unname(b[1:nu]), unitSe = unname(sqrt(diag(v)[1:nu])), sigma = summary(m)$sigma, df = m$df.residual)
f <- lapply(list(c(0.025, 5, 15), c(0.025, 15, 5), c(0.001, 2.7, 33.3), c(0.4, 100, 7)), function(a) list(args = a, lower = qf(a[1], a[2], a[3]), upper = qf(a[1], a[2], a[3], lower.tail = FALSE)))
cat(toJSON(list(icc = list(icc(shroutFleiss), icc(other), icc(noise)), alpha = list(ratings = gaps, values = as.list(sapply(metrics, function(k) alpha(gaps, k)))),
  kappa = lapply(tables, kappaOf), leniency = leniency, f = f), digits = NA, auto_unbox = TRUE, na = 'null'))
