# Golden values for control charts, by the formulas of Montgomery (2013), Laney (2002), Nelson (1994) written out in R; run lengths from spc.
# Run in this folder: Rscript make-charts.R. Output: charts.json.
library(jsonlite)
library(spc)
set.seed(11)
y <- round(c(rnorm(20, 50, 4), rnorm(15, 58, 4)), 2); y[8] <- 75
mr <- function(v) abs(diff(v))
xmr_of <- function(v) list(centre = mean(v), sigma = mean(mr(v)) / (2 / sqrt(pi)), median = median(v), medianRange = median(mr(v)),
                           meanRange = mean(mr(v)))
kept <- y[1:20][-c(8)]
screened <- { r <- mr(y[1:20]); mean(r[r <= 3.267 * mean(r)]) }
xmr <- list(values = y, first = xmr_of(y[1:20]), second = xmr_of(y[21:35]), excluded = xmr_of(kept), screened = screened,
            exact = c(d4 = 1 + 3 * sqrt(2 - 4 / pi) / (2 / sqrt(pi)), medianSigma = 1 / (sqrt(2) * qnorm(0.75))))
# Subgroups of unequal size.
n <- sample(3:7, 16, TRUE)
cases <- lapply(n, function(k) round(rnorm(k, 12, 2), 2))
m <- sapply(cases, mean); s <- sapply(cases, sd); r <- sapply(cases, function(v) diff(range(v)))
c4 <- function(k) sqrt(2 / (k - 1)) * exp(lgamma(k / 2) - lgamma((k - 1) / 2))
d2 <- function(k) integrate(function(x) 1 - ptukey(x, k, Inf), 0, Inf, rel.tol = 1e-10)$value
d3 <- function(k) sqrt(integrate(function(x) 2 * x * (1 - ptukey(x, k, Inf)), 0, Inf, rel.tol = 1e-10)$value - d2(k)^2)
D2 <- sapply(n, d2); D3 <- sapply(n, d3)
pooled <- sqrt(sum((n - 1) * s^2) / sum(n - 1))
h <- c4(n)^2 / (1 - c4(n)^2); g <- (D2 / D3)^2
sub <- list(count = n, mean = m, deviation = s, range = r, centre = sum(n * m) / sum(n),
            unweightedS = mean(s / c4(n)), minimumS = sum(h * s / c4(n)) / sum(h), pooled = pooled / c4(sum(n - 1) + 1),
            montgomery = pooled / c4(n), unweightedR = mean(r / D2), minimumR = sum(g * r / D2) / sum(g), c4 = c4(n), d2 = D2, d3 = D3)
# Attributes.
size <- sample(80:160, 24, TRUE); bad <- rbinom(24, size, 0.12 + 0.03 * sin(1:24))
p <- sum(bad) / sum(size); sp <- sqrt(p * (1 - p) / size); z <- (bad / size - p) / sp
laney <- mean(mr(z)) / 1.128
exposure <- round(runif(24, 2, 6), 1); events <- rpois(24, 4 * exposure); events[5] <- events[5] + 15L
u <- sum(events) / sum(exposure); su <- sqrt(u / exposure); zu <- (events / exposure - u) / su
attribute <- list(size = size, bad = bad, p = p, sp = sp, laney = laney, exposure = exposure, events = events, u = u, su = su,
                  laneyU = mean(mr(zu)) / 1.128, c = mean(events))
# Rare events.
between <- rgeom(20, 0.02); gap <- round(rexp(20, 1 / 30), 2)
tt <- gap^(1 / 3.6)
rare <- list(between = between, g = mean(between), gs = sqrt(mean(between) * (mean(between) + 1)),
             lower = qgeom(pnorm(-3), 1 / (1 + mean(between))), upper = qgeom(pnorm(-3), 1 / (1 + mean(between)), lower.tail = FALSE),
             gap = gap, t = list(centre = mean(tt)^3.6, lower = max(0, mean(tt) - 2.66 * mean(mr(tt)))^3.6,
                                 upper = (mean(tt) + 2.66 * mean(mr(tt)))^3.6))
# Cumulative sums and moving averages.
v <- round(c(rnorm(20, 10, 1), rnorm(12, 11, 1)), 2)
up <- down <- nu <- nd <- numeric(length(v)); a <- b <- 2.5; na <- nb <- 0
for (i in seq_along(v)) {
  a <- max(0, a + v[i] - 10 - 0.5); b <- max(0, b - (v[i] - 10) - 0.5)
  na <- if (a > 0) na + 1 else 0; nb <- if (b > 0) nb + 1 else 0
  up[i] <- a; down[i] <- b; nu[i] <- na; nd[i] <- nb
}
lambda <- 0.2; w <- as.numeric(Reduce(function(before, x) lambda * x + (1 - lambda) * before, v, 10, accumulate = TRUE))[-1]
err <- sqrt(lambda / (2 - lambda) * (1 - (1 - lambda)^(2 * seq_along(v))))
sums <- list(values = v, up = up, down = down, upSince = nu, downSince = nd, ewma = w, error = err)
shifts <- c(0, 0.25, 0.5, 1, 2)
arl <- list(shifts = shifts,
  cusum2 = sapply(shifts, function(mu) xcusum.arl(0.5, 5, mu, sided = 'two')),
  cusum1 = sapply(shifts, function(mu) xcusum.arl(0.5, 4, mu, sided = 'one')),
  fir = sapply(shifts, function(mu) xcusum.arl(0.5, 5, mu, hs = 2.5, sided = 'two')),
  ewma = sapply(shifts, function(mu) xewma.arl(0.2, 2.962, mu, sided = 'two')),
  ewma05 = sapply(shifts, function(mu) xewma.arl(0.05, 2.615, mu, sided = 'two')))
write(toJSON(list(xmr = xmr, sub = sub, attribute = attribute, rare = rare, sums = sums, arl = arl), digits = NA, auto_unbox = TRUE), 'charts.json')
