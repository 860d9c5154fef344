# Golden values for panels. Two-way effects by lm with dummies and sandwich::vcovCL (HC1) on a generated unbalanced panel; event study alike.
# Staggered introduction after Callaway and Sant'Anna (2021) by explicit formulas on a generated panel (the did package is not at hand);
# the errors of the weighted means are checked there by the delete-one jackknife too.
# Run in this folder: Rscript make-panel.R. Output: panel.json.
suppressMessages({library(sandwich); library(lmtest); library(jsonlite)})
set.seed(31)
N <- 30; T <- 8
d <- expand.grid(time = 1:T, unit = 1:N); d$cluster <- (d$unit + 1) %/% 2
d$from <- ifelse(d$cluster %% 3 == 0, 5, Inf); d$treated <- as.numeric(d$time >= d$from)
d$x <- round(rnorm(nrow(d)), 3); d$w <- round(runif(nrow(d), 0.5, 2), 2)
d$y <- round(rep(rnorm(N, 10, 3), each = T) + 0.5 * d$time + 1.5 * d$treated + 0.7 * d$x + rep(rnorm(N / 2 * T), each = 1)[(d$cluster - 1) * T + d$time] + rnorm(nrow(d)), 3)
d <- d[-c(5, 40, 41, 77, 150), ]
two <- function(weights) {
  fit <- lm(y ~ treated + x + factor(unit) + factor(time), d, weights = weights)
  v <- vcovCL(fit, cluster = d$cluster, type = 'HC1')[2:3, 2:3]
  list(coefficients = unname(coef(fit)[2:3]), se = unname(sqrt(diag(v))), F = c(t(coef(fit)[2:3]) %*% solve(v) %*% coef(fit)[2:3]) / 2)
}
d$rel <- ifelse(is.finite(d$from), pmax(-4, pmin(3, d$time - d$from)), -1)
for (r in c(-4, -3, -2, 0, 1, 2, 3)) d[[paste0('r', r + 10)]] <- as.numeric(d$rel == r & is.finite(d$from))
names_r <- paste0('r', c(-4, -3, -2, 0, 1, 2, 3) + 10)
ev <- lm(as.formula(paste('y ~', paste(names_r, collapse = '+'), '+ factor(unit) + factor(time)')), d)
vev <- vcovCL(ev, cluster = d$cluster, type = 'HC1')[names_r, names_r]; bev <- coef(ev)[names_r]
pre <- 1:3; avg <- c(0, 0, 0, rep(0.25, 4))
event <- list(coefficients = unname(bev), se = unname(sqrt(diag(vev))), F = c(t(bev[pre]) %*% solve(vev[pre, pre]) %*% bev[pre]) / 3,
              average = sum(avg * bev), averageSe = sqrt(c(avg %*% vev %*% avg)))
for (r in c(-3, -2, 0, 1)) d[[paste0('s', r + 10)]] <- as.numeric(pmax(-3, pmin(1, d$rel)) == r & is.finite(d$from))
short <- lm(y ~ s7 + s8 + s10 + s11 + factor(unit) + factor(time), d)
event$binned <- unname(coef(short)[2:5])
# Staggered.
n <- 60; times <- 2001:2006
G <- sample(c(2003, 2004, 2006, Inf, Inf), n, TRUE); G[1:2] <- 2001
Y <- matrix(rnorm(n * 6), n) * 0.6 + rnorm(n) + outer(rep(1, n), 0.2 * (1:6))
for (i in 1:n) for (t in 1:6) if (times[t] >= G[i]) Y[i, t] <- Y[i, t] + 0.5 + 0.3 * (times[t] - G[i])
Y <- round(Y, 3)
estimates <- function(Y, G, control, base) {
  keep <- G > 2001; Y <- Y[keep, ]; G <- G[keep]; n <- length(G); out <- c(); infl <- c(); key <- c()
  for (g in sort(unique(G[is.finite(G)]))) for (t in 1:6) {
    last <- max(which(times < g)); from <- if (times[t] >= g || base == 'universal') last else t - 1
    if (from < 1 || from == t) next
    tr <- G == g; ct <- if (control == 'never') is.infinite(G) else (G > max(times[t], times[from]) & G != g)
    dy <- Y[, t] - Y[, from]; a <- mean(dy[tr]); b <- mean(dy[ct])
    out <- c(out, a - b); key <- rbind(key, c(g, times[t]))
    infl <- cbind(infl, tr / mean(tr) * (dy - a) - ct / mean(ct) * (dy - b))
  }
  p <- sapply(key[, 1], function(g) mean(G == g)); e <- key[, 2] - key[, 1]; post <- e >= 0
  wmean <- function(sel) sum(p[sel] * out[sel]) / sum(p[sel])
  dyn <- sapply(sort(unique(e)), function(k) wmean(e == k)); rel <- sort(unique(e))
  grp <- sapply(sort(unique(key[, 1])), function(g) mean(out[post & key[, 1] == g])); pg <- sapply(sort(unique(key[, 1])), function(g) mean(G == g))
  cal <- sapply(sort(unique(key[post, 2])), function(t) wmean(post & key[, 2] == t))
  list(att = out, key = key, infl = infl, se = sqrt(colMeans(infl^2) / n), simple = wmean(post), dynamic = dyn, relatives = rel, dynamicOverall = mean(dyn[rel >= 0]),
       group = grp, groupOverall = sum(pg * grp) / sum(pg), calendar = cal, calendarOverall = mean(cal), pre = which(!post), n = n)
}
pick <- function(s) c(s$simple, s$dynamicOverall, s$groupOverall, s$calendarOverall)
one <- function(control, base) {
  s <- estimates(Y, G, control, base)
  # Infinitesimal jackknife: weight of one unit moved a little, by finite differences on the weighted versions of every mean.
  keep <- which(G > 2001); eps <- 1e-5
  moved <- sapply(keep, function(i) {
    w <- rep(1, n); w[i] <- 1 + eps
    (pick(weighted_estimates(Y, G, control, base, w)) - pick(s)) / eps * length(keep)
  })
  v <- t(s$infl) %*% s$infl / s$n^2
  list(att = s$att, groups = s$key[, 1], times = s$key[, 2], se = s$se, simple = s$simple, dynamic = s$dynamic, relatives = s$relatives,
       dynamicOverall = s$dynamicOverall, group = s$group, groupOverall = s$groupOverall, calendar = s$calendar, calendarOverall = s$calendarOverall,
       overallSe = sqrt(rowMeans(moved^2) / s$n), pre = if (length(s$pre)) c(t(s$att[s$pre]) %*% solve(v[s$pre, s$pre]) %*% s$att[s$pre]) else NULL)
}
weighted_estimates <- function(Y, G, control, base, w) {
  keep <- G > 2001; Y <- Y[keep, ]; G <- G[keep]; w <- w[keep]; out <- c(); key <- c()
  m <- function(x, s) sum(w[s] * x[s]) / sum(w[s])
  for (g in sort(unique(G[is.finite(G)]))) for (t in 1:6) {
    last <- max(which(times < g)); from <- if (times[t] >= g || base == 'universal') last else t - 1
    if (from < 1 || from == t) next
    tr <- G == g; ct <- if (control == 'never') is.infinite(G) else (G > max(times[t], times[from]) & G != g)
    dy <- Y[, t] - Y[, from]; out <- c(out, m(dy, tr) - m(dy, ct)); key <- rbind(key, c(g, times[t])) }
  p <- sapply(key[, 1], function(g) sum(w[G == g]) / sum(w)); e <- key[, 2] - key[, 1]; post <- e >= 0
  wmean <- function(sel) sum(p[sel] * out[sel]) / sum(p[sel]); rel <- sort(unique(e)); dyn <- sapply(rel, function(k) wmean(e == k))
  gs <- sort(unique(key[, 1])); grp <- sapply(gs, function(g) mean(out[post & key[, 1] == g])); pg <- sapply(gs, function(g) sum(w[G == g]))
  cal <- sapply(sort(unique(key[post, 2])), function(t) wmean(post & key[, 2] == t))
  list(simple = wmean(post), dynamicOverall = mean(dyn[rel >= 0]), groupOverall = sum(pg * grp) / sum(pg), calendarOverall = mean(cal))
}
staggered <- list(values = Y, from = ifelse(is.finite(G), G, NA), times = times, never = one('never', 'varying'), notyet = one('notyet', 'varying'), universal = one('never', 'universal'), notyetUniversal = one('notyet', 'universal'))
# Four samples, and changes, by hand.
cells <- list(tb = c(40, 20.4, 6.1), ta = c(42, 21.0, 5.8), cb = c(35, 23.3, 8), ca = c(33, 21.2, 7.4))
vars <- sapply(cells, function(c) c[3]^2 / c[1]); dfs <- sapply(cells, function(c) c[1] - 1)
a <- rnorm(20, 1, 2); b <- rnorm(16, 0, 3); w <- t.test(a, b)
summaries <- list(cells = cells, estimate = (21 - 20.4) - (21.2 - 23.3), se = sqrt(sum(vars)), df = sum(vars)^2 / sum(vars^2 / dfs),
  a = c(20, mean(a), sd(a)), b = c(16, mean(b), sd(b)), diff = unname(w$estimate[1] - w$estimate[2]), p = w$p.value, lower = w$conf.int[1])
write(toJSON(list(rows = d[, c('unit', 'time', 'cluster', 'y', 'treated', 'x', 'w')], from = ifelse(is.finite(d$from), d$from, NA), plain = two(NULL), weighted = two(d$w), event = event,
                  staggered = staggered, summaries = summaries), digits = NA, auto_unbox = TRUE, na = 'null', dataframe = 'columns'), 'panel.json')
