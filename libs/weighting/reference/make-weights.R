# Golden normalisations and weights from data, written out from the formulas. Run in this folder: Rscript make-weights.R > weights.json
library(jsonlite)
set.seed(11)
x <- round(cbind(runif(9, 60, 99), rexp(9, 0.1), rnorm(9, 20, 4), runif(9, 1, 5)), 2)
directions <- c('benefit', 'cost', 'target', 'benefit'); target <- 20
minmax <- function(v, d) switch(d, benefit = (v - min(v)) / (max(v) - min(v)), cost = (max(v) - v) / (max(v) - min(v)),
  target = 1 - abs(v - target) / max(abs(v - target)))
good <- function(v, d) switch(d, benefit = v, cost = -v, target = -abs(v - target))
targetRule <- function(v, d) { t <- switch(d, benefit = max(v), cost = min(v), target = target)
  1 - abs(v - t) / (max(max(v), t) - min(min(v), t)) }
by <- function(f) sapply(seq_along(directions), function(j) f(x[, j], directions[j]))
two <- c(1, 2, 4); d2 <- directions[two]
byTwo <- function(benefit, cost) sapply(two, function(j) if (directions[j] == 'cost') cost(x[, j]) else benefit(x[, j]))
entropy <- function(m) apply(m, 2, function(v) { p <- v / sum(v); -sum(ifelse(p > 0, p * log(p), 0)) / log(length(p)) })
weigh <- function(v) v / sum(v)
scaled <- by(minmax)
critic <- apply(scaled, 2, sd) * colSums(1 - cor(scaled))
withZeros <- cbind(c(0, 1, 3, 0), c(2, 2, 2, 2), c(1, 5, 2, 8))
out <- list(rows = x, directions = directions, target = target,
  minMax = scaled, zScore = apply(by(good), 2, function(v) c(scale(v))), targetBased = by(targetRule),
  vector = byTwo(function(v) v / sqrt(sum(v^2)), function(v) 1 - v / sqrt(sum(v^2))),
  sum = byTwo(function(v) v / sum(v), function(v) (1 / v) / sum(1 / v)),
  max = byTwo(function(v) v / max(v), function(v) min(v) / v),
  entropySum = list(entropies = entropy(x), weights = weigh(1 - entropy(x))),
  entropyShifted = list(shift = 0.01, weights = weigh(1 - entropy(scaled + 0.01))),
  entropyZeros = list(rows = withZeros, entropies = entropy(withZeros), weights = weigh(1 - entropy(withZeros))),
  critic = list(weights = weigh(critic), deviations = apply(scaled, 2, sd), conflicts = colSums(1 - cor(scaled))),
  deviation = weigh(apply(x, 2, function(v) sd(v) / diff(range(v)))),
  variation = weigh(apply(x, 2, function(v) sd(v) / mean(v))))
cat(toJSON(out, digits = NA, auto_unbox = TRUE))
