# Prais-Winsten with moment-matched autocorrelation, written out a second time with dense matrices. Reads the series of regression.json.
# Run in this folder: Rscript make-prais-winsten.R. Output: prais-winsten.json.
library(jsonlite)
series <- fromJSON('regression.json')$series
T <- nrow(series)
X <- cbind(1, series$time - 25, as.numeric(series$time >= 25), pmax(0, series$time - 25),
           cos(2 * pi * series$time / 12), sin(2 * pi * series$time / 12))
one <- function(weight) {
  Xw <- X * sqrt(weight)
  y <- series$value * sqrt(weight)
  M <- diag(T) - Xw %*% solve(crossprod(Xw), t(Xw))
  e <- M %*% y
  seen <- sum(e[-1] * e[-T]) / sum(e^2)
  V <- function(r) r^abs(outer(1:T, 1:T, '-'))
  expected <- function(r) { P <- M %*% V(r) %*% M; sum(P[cbind(2:T, 1:(T - 1))]) / sum(diag(P)) }
  rho <- if (seen <= expected(0)) 0 else uniroot(function(r) expected(r) - seen, c(0, 0.98), tol = 1e-14)$root
  W <- solve(V(rho) / (1 - rho^2))
  bread <- solve(t(Xw) %*% W %*% Xw)
  b <- bread %*% t(Xw) %*% W %*% y
  u <- y - Xw %*% b
  s2 <- c(t(u) %*% W %*% u) / (T - ncol(X))
  list(rho = rho, coefficients = c(b), se = sqrt(s2 * diag(bread)))
}
write(toJSON(list(plain = one(rep(1, T)), weighted = one(series$weight)), digits = NA, auto_unbox = TRUE), 'prais-winsten.json')
