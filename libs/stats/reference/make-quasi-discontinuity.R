# Golden values for regression discontinuity, every step written out in R with lm: local fits, nearest-neighbour variances, bias correction,
# Imbens-Kalyanaraman bandwidth, the two-step bandwidth, density test by glm. Neither rdrobust nor rdd is at hand.
# Run in this folder: Rscript make-quasi-discontinuity.R. Output: quasi-discontinuity.json.
library(jsonlite)
set.seed(65); n <- 400
x <- round(c(rnorm(n * 0.7, 55, 15), runif(n * 0.3, 20, 95)), 1); c0 <- 60
y <- round(20 + 0.3 * (x - c0) + 0.01 * (x - c0)^2 - 0.0004 * (x - c0)^3 + 6 * (x >= c0) + rnorm(n, 0, 3 + (x >= c0)), 3)
d <- x - c0; o <- order(d); d <- d[o]; y <- y[o]
edge <- function(s, h, p, v) { k <- pmax(0, 1 - abs(d) / h) * s; X <- outer(d, 0:p, '^'); keep <- k > 0
  W <- diag(k[keep]); L <- solve(t(X[keep, ]) %*% W %*% X[keep, ], t(X[keep, ]) %*% W); w <- numeric(n); w[keep] <- L[v + 1, ]; w }
nn <- function(s, J = 3) { idx <- which(s); out <- numeric(n)
  for (i in idx) { dist <- abs(d[idx] - d[i]); dist[idx == i] <- Inf; r <- sort(dist)[J]; nb <- idx[dist <= r + 1e-12]
    m <- length(nb); out[i] <- m / (m + 1) * (y[i] - mean(y[nb]))^2 }
  out }
R <- d >= 0; L <- d < 0; v <- ifelse(R, nn(R), nn(L))
rd <- function(h, b) {
  lr <- edge(R, h, 1, 0); ll <- edge(L, h, 1, 0); cr <- edge(R, b, 2, 2); cl <- edge(L, b, 2, 2)
  w <- lr - ll; wb <- (lr - sum(lr * d^2) * cr) - (ll - sum(ll * d^2) * cl)
  list(h = h, b = b, conventional = sum(w * y), se = sqrt(sum(w^2 * v)), robust = sum(wb * y), robustSe = sqrt(sum(wb^2 * v)))
}
quadratic <- { w <- edge(R, 15, 2, 0) - edge(L, 15, 2, 0); list(estimate = sum(w * y), se = sqrt(sum(w^2 * v))) }
# Imbens and Kalyanaraman.
h1 <- 1.84 * sd(d) * n^-0.2; inr <- R & d <= h1; inl <- L & d >= -h1; f <- (sum(inr) + sum(inl)) / (2 * n * h1); vr <- var(y[inr]); vl <- var(y[inl])
mid <- d >= median(d[L]) & d <= median(d[R]); m3 <- 6 * coef(lm(y ~ R + d + I(d^2) + I(d^3), subset = mid))[5]
h2 <- function(v, s) 3.56 * (v / (f * m3^2))^(1 / 7) * sum(s)^(-1 / 7)
curv <- function(s, h) { k <- s & abs(d) <= h; c(2 * coef(lm(y ~ d + I(d^2), subset = k))[3], sum(k)) }
a <- curv(R, h2(vr, R)); b <- curv(L, h2(vl, L))
ik <- 3.4375 * ((vr + vl) / (f * ((a[1] - b[1])^2 + 2160 * vr / (a[2] * h2(vr, R)^4) + 2160 * vl / (b[2] * h2(vl, L)^4))))^0.2 * n^-0.2
# Two steps.
pilot <- 2.576 * min(sd(d), IQR(d) / 1.349) * n^-0.2
third <- function(s) { z <- summary(lm(y[s] ~ d[s] + I(d[s]^2) + I(d[s]^3) + I(d[s]^4)))$coefficients; z[4, 1:2] }
cu <- lapply(list(L, R), function(s) { w <- edge(s, pilot, 2, 2); leak <- sum(w * d^3) / pilot; t3 <- third(s); c(sum(w^2 * v) * pilot^5, leak * t3[1], (leak * t3[2])^2) })
B <- ((5 * (cu[[1]][1] + cu[[2]][1])) / (2 * ((cu[[2]][2] - cu[[1]][2])^2 + 3 * (cu[[1]][3] + cu[[2]][3]))))^(1 / 7); B <- min(B, max(abs(d)))
le <- lapply(list(L, R), function(s) { w <- edge(s, pilot, 1, 0); q <- edge(s, B, 2, 2); leak <- sum(w * d^2) / pilot^2; c(sum(w^2 * v) * pilot, leak * sum(q * y), leak^2 * sum(q^2 * v)) })
H <- ((le[[1]][1] + le[[2]][1]) / (4 * ((le[[2]][2] - le[[1]][2])^2 + 3 * (le[[1]][3] + le[[2]][3]))))^0.2; H <- min(H, max(abs(d)))
dn <- abs(d) >= 1; dd <- d; yy <- y; d <- dd[dn]; y <- yy[dn]; n <- length(d); R <- d >= 0; L <- d < 0; v <- ifelse(R, nn(R), nn(L)); donut <- rd(15, 15)
d <- dd; y <- yy; n <- length(d); R <- d >= 0; L <- d < 0; v <- ifelse(R, nn(R), nn(L))
bin <- floor(d / 2) + 10; counts <- sapply(0:19, function(k) sum(bin == k)); m <- 0:19 - 9.5
g <- summary(glm(counts ~ I(m > 0) + m + I(ifelse(m > 0, m, 0)), family = quasipoisson, control = glm.control(epsilon = 1e-14)))
nb <- c(sum(d < 0 & d >= -2), sum(d >= 0 & d < 2))
write(toJSON(list(x = d + c0, y = y, cutoff = c0, fixed = rd(15, 15), wider = rd(12, 20), quadratic = quadratic, ik = unname(ik), two = c(H, B), donut = donut,
  density = list(below = nb[1], above = nb[2], p = binom.test(nb[2], sum(nb))$p.value, jump = unname(coef(g)[2, 1]), se = unname(coef(g)[2, 2]), dispersion = g$dispersion)),
  digits = NA, auto_unbox = TRUE), 'quasi-discontinuity.json')
