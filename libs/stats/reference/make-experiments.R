# Golden comparisons of arms, row by row where src works from sums. Run: Rscript make-experiments.R > experiments.json
suppressMessages(library(jsonlite))
set.seed(9)
n1 <- 60; n2 <- 45
arm <- rep(0:1, c(n1, n2))
x <- round(rnorm(n1 + n2, 20, 4), 2)
y <- round(5 + 0.7 * x + 1.5 * arm + rnorm(n1 + n2, 0, 2 + arm), 2)
s <- function(v) summary(v)$coefficients
equal <- s(lm(y ~ arm + x))
fits <- lapply(0:1, function(a) lm(y ~ x, subset = arm == a))
at <- lapply(fits, predict, newdata = data.frame(x = mean(x)), se.fit = TRUE)
slopes <- sapply(fits, function(f) coef(f)[2])
ssx <- function(a) sum((x[arm == a] - mean(x[arm == a]))^2)
pooledX <- (ssx(0) + ssx(1)) / (n1 + n2 - 2)
byArm <- list(estimate = at[[2]]$fit - at[[1]]$fit, se = sqrt(at[[1]]$se.fit^2 + at[[2]]$se.fit^2 + diff(slopes)^2 * pooledX / (n1 + n2)))
# Ratios: numerator, denominator, and both before, by unit.
d <- rpois(n1 + n2, 6) + 1; b <- rpois(n1 + n2, 5) + 1; quality <- rnorm(n1 + n2, 3, 0.4)
num <- round(d * (quality + 0.2 * arm) + rnorm(n1 + n2, 0, 0.5 * sqrt(d)), 2)
past <- round(b * quality + rnorm(n1 + n2, 0, 0.5 * sqrt(b)), 2)
lin <- function(a) { i <- arm == a; r <- sum(num[i]) / sum(d[i]); q <- sum(past[i]) / sum(b[i])
  list(r = r, q = q, zy = (num[i] - r * d[i]) / mean(d[i]), zx = (past[i] - q * b[i]) / mean(b[i]), n = sum(i)) }
A <- lin(0); B <- lin(1)
theta <- (sum(A$zx * A$zy) + sum(B$zx * B$zy)) / (sum(A$zx^2) + sum(B$zx^2))
f <- (n1 + n2 - 2) / (n1 + n2 - 3)
v <- function(z) f * sum((z$zy - theta * z$zx)^2) / (z$n - 1)
vt <- (v(A) * sum(A$zx^2) + v(B) * sum(B$zx^2)) / (sum(A$zx^2) + sum(B$zx^2))^2
ratio <- list(theta = theta, estimate = B$r - A$r - theta * (B$q - A$q), se = sqrt(v(A) / n1 + v(B) / n2 + (B$q - A$q)^2 * vt))
# Strata.
strata <- cut(x, c(-Inf, 17, 22, Inf), labels = FALSE)
cells <- lapply(1:3, function(k) lapply(0:1, function(a) { z <- y[strata == k & arm == a]; list(count = length(z), mean = mean(z), standardDeviation = sd(z)) }))
w <- as.numeric(table(strata)) / (n1 + n2)
post <- list(estimate = sum(sapply(1:3, function(k) w[k] * (cells[[k]][[2]]$mean - cells[[k]][[1]]$mean))),
  se = sqrt(sum(sapply(1:3, function(k) w[k]^2 * sum(sapply(cells[[k]], function(z) z$standardDeviation^2 / z$count))))))
# Quantile of clustered values, the share's error by CR2 of clubSandwich.
suppressMessages(library(clubSandwich))
sizes <- c(8, 15, 5, 22, 11, 9, 30, 14, 6, 18, 12, 25)
g <- rep(seq_along(sizes), sizes)
wait <- round(rexp(length(g), 0.1) * exp(rnorm(12, 0, 0.4))[g], 2)
q <- unname(quantile(wait, 0.8)); ind <- as.numeric(wait <= q)
test <- coef_test(lm(ind ~ 1), vcov = 'CR2', cluster = g, test = 'Satterthwaite')
reach <- qt(0.975, test$df_Satt)
clustered <- list(clusters = unname(split(wait, g)), estimate = q, df = test$df_Satt, limits = unname(quantile(wait, 0.8 + c(-1, 1) * reach * test$SE)))
srm <- list(p = chisq.test(c(821, 1001), p = c(0.45, 0.55))$p.value, far = pchisq((5000 - 6000)^2 / 6000 + (7000 - 6000)^2 / 6000, 1, lower.tail = FALSE))
# Dirichlet-multinomial against the planned shares, from lbeta.
bf <- lbeta(1000 * 0.5 + 530, 1000 * 0.5 + 470) - lbeta(500, 500) - 1000 * log(0.5)
three <- list(a = y[arm == 0], b = y[arm == 1], c = y[arm == 1] * 0.97 + 0.2)
ow <- oneway.test(v ~ k, data.frame(v = unlist(three), k = rep(names(three), lengths(three))))
write(toJSON(list(arm = arm, x = x, y = y, equal = list(estimate = equal[2, 1], se = equal[2, 2], p = equal[2, 4], theta = equal[3, 1]), byArm = byArm,
  num = num, d = d, past = past, b = b, ratio = ratio, cells = cells, post = post, clustered = clustered, srm = srm, bf = bf,
  three = three, overall = list(f = unname(ow$statistic), p = ow$p.value)), digits = NA, auto_unbox = TRUE), stdout())
