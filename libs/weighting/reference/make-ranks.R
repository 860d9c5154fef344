# Golden ranks and rank intervals, by definition (quadratic), from base R. Run in this folder: Rscript make-ranks.R. Output: ranks.json.
library(jsonlite)
set.seed(7)
scores <- round(rnorm(40, 80, 6), 0)
errors <- round(runif(40, 0.5, 4), 1)
lower <- scores - errors
upper <- scores + errors
best <- sapply(seq_along(scores), function(i) 1 + sum(lower > upper[i]))
worst <- sapply(seq_along(scores), function(i) length(scores) - sum(upper < lower[i]))
weights <- c(0.3, 0.25, 0.25, 0.2)
se <- c(1.2, 2.5, 0.4, 3.1)
cor <- matrix(0.3, 4, 4); diag(cor) <- 1
write(toJSON(list(scores = scores, lower = lower, upper = upper, ranks = rank(-scores, ties.method = 'min'), best = best, worst = worst,
  weights = weights, se = se, correlations = cor, independent = sqrt(sum((weights * se)^2)),
  correlated = sqrt(c((weights * se) %*% cor %*% (weights * se))),
  x = c(60, 72, 80, 85, 99), y = approx(c(70, 80, 90), c(0, 60, 100), c(60, 72, 80, 85, 99), rule = 2)$y),
  digits = NA, auto_unbox = TRUE), 'ranks.json')
