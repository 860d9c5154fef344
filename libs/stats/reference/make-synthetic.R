# Golden values for synthetic controls by quadprog on generated panels of 39 units and 31 times (the shape of the Californian example, whose
# figures are not at hand): weights, gaps, placebo ranks, predictors at given importances and their best by optim, synthetic differences.
# Run in this folder: Rscript make-synthetic.R. Output: synthetic.json.
suppressMessages({library(quadprog); library(jsonlite)})
simplex <- function(X, y, importance = rep(1, length(y)), ridge = 0) {
  D <- crossprod(X * sqrt(importance)) + diag(ridge + 1e-11 * mean(X^2), ncol(X)); d <- c(crossprod(X, importance * y)); n <- ncol(X)
  w <- pmax(solve.QP(D, d, cbind(1, diag(n)), c(1, rep(0, n)), meq = 1)$solution, 0); w <- w / sum(w)
  list(w = w, loss = sum(importance * (y - X %*% w)^2) + ridge * sum(w^2))
}
set.seed(1988); N <- 39; T <- 31; T0 <- 19
f <- cbind(cumsum(rnorm(T, -0.4)), cumsum(rnorm(T, 0, 0.6)), sin(1:T / 4)); load <- cbind(runif(N, 0.5, 1.5), rnorm(N), rnorm(N, 0, 2))
Y <- round(rnorm(N, 110, 12) + load %*% t(f) * 2 + matrix(rnorm(N * T, 0, 1.2), N), 2)
Y[1, ] <- round(c(0.4, 0.35, 0.25) %*% Y[c(5, 12, 20), ] + rnorm(T, 0, 1), 2); Y[1, (T0 + 1):T] <- Y[1, (T0 + 1):T] - seq(2, 24, length.out = T - T0)
P <- round(cbind(rowMeans(Y[, 10:19]) + rnorm(N, 0, 3), load[, 1] * 5 + rnorm(N), Y[, 4], Y[, 12], Y[, 19], rnorm(N)), 3)
gaps <- function(tr, donors, w) Y[tr, ] - c(w %*% Y[donors, ])
rmse <- function(x) sqrt(mean(x^2))
fit_of <- function(tr, donors, demean = FALSE) {
  X <- t(Y[donors, 1:T0]); y <- Y[tr, 1:T0]
  s <- if (demean) simplex(scale(X, TRUE, FALSE), y - mean(y)) else simplex(X, y)
  g <- gaps(tr, donors, s$w); if (demean) g <- g - mean(g[1:T0])
  list(w = s$w, loss = s$loss, gaps = g, before = rmse(g[1:T0]), ratio = rmse(g[-(1:T0)]) / rmse(g[1:T0]), effect = mean(g[-(1:T0)]))
}
few <- c(5, 9, 12, 15, 20, 23, 30, 33, 38)
main <- fit_of(1, few); wide <- fit_of(1, 2:N); demeaned <- fit_of(1, few, TRUE)
ratios <- sapply(2:N, function(j) fit_of(j, setdiff(2:N, j))$ratio)
left <- sapply(few[main$w > 1e-7], function(j) fit_of(1, setdiff(few, j))$effect)
Z <- scale(P); Z <- t(t(P) / apply(P, 2, sd)); vgiven <- c(0.3, 0.2, 0.1, 0.15, 0.2, 0.05)
given <- simplex(t(Z[few, ]), Z[1, ], vgiven)
outer_loss <- function(v) { w <- simplex(t(Z[few, ]), Z[1, ], v / sum(v))$w; sum(gaps(1, few, w)[1:T0]^2) }
best <- min(sapply(1:12, function(s) { set.seed(s); optim(rnorm(6), function(l) outer_loss(exp(l)), control = list(maxit = 3000))$value }))
# Synthetic differences.
sdid <- function(tr, co) {
  E <- t(Y[co, 1:T0]); n1 <- length(tr); y <- colMeans(Y[tr, 1:T0, drop = FALSE]); late <- rowMeans(Y[co, -(1:T0)])
  noise <- sd(apply(Y[co, 1:T0], 1, diff)); zeta <- (n1 * (T - T0))^0.25 * noise
  om <- simplex(scale(E, TRUE, FALSE), y - mean(y), ridge = zeta^2 * T0)$w
  la <- simplex(scale(Y[co, 1:T0], TRUE, FALSE), late - mean(late), ridge = (1e-6 * noise)^2 * length(co))$w
  list(zeta = zeta, om = om, la = la, estimate = tau(tr, co, om, la))
}
tau <- function(tr, co, om, la) { ch <- function(i) rowMeans(Y[i, -(1:T0), drop = FALSE]) - c(Y[i, 1:T0, drop = FALSE] %*% la); mean(ch(tr)) - sum(om * ch(co)) }
co <- 4:20
one <- sdid(1, co); plac <- sapply(co, function(j) sdid(j, setdiff(co, j))$estimate)
three <- sdid(1:3, co)
u <- c(sapply(1:3, function(i) tau(setdiff(1:3, i), co, three$om, three$la)), sapply(seq_along(co), function(j) tau(1:3, co[-j], three$om[-j] / sum(three$om[-j]), three$la)))
jack <- sqrt((length(u) - 1) / length(u) * sum((u - mean(u))^2))
plain <- mean(Y[1, -(1:T0)]) - mean(Y[1, 1:T0]) - (mean(Y[co, -(1:T0)]) - mean(Y[co, 1:T0]))
write(toJSON(list(Y = Y, P = P, T0 = T0, few = few - 1, main = main, wide = list(loss = wide$loss, effect = wide$effect, ratio = wide$ratio), demeaned = demeaned,
  p = (1 + sum(ratios >= wide$ratio)) / N, left = left, vgiven = vgiven, given = given, best = best, co = co - 1,
  sdid = c(one, list(se = sqrt(mean((plac - mean(plac))^2)), plain = plain)), three = c(three, list(jack = jack))), digits = NA, auto_unbox = TRUE), 'synthetic.json')
