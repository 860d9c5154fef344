# Golden priorities from R's eigen() and lm(), and the random index by simulation. Run in this folder: Rscript make-ahp.R > ahp.json
# Takes about a minute.
library(jsonlite)
reciprocal <- function(upper, n) { a <- diag(n); k <- 1
  for (i in 1:(n - 1)) for (j in (i + 1):n) { a[i, j] <- upper[k]; a[j, i] <- 1 / upper[k]; k <- k + 1 }
  a }
principal <- function(a) { e <- eigen(a); w <- Re(e$vectors[, 1]); list(weights = w / sum(w), eigenvalue = Re(e$values[1])) }
harker <- function(a) { missing <- is.na(a); a[missing] <- 0; diag(a) <- 1 + rowSums(missing); principal(a) }
logLeastSquares <- function(a) { n <- nrow(a); rows <- which(!is.na(a) & upper.tri(a), arr.ind = TRUE)
  x <- matrix(0, nrow(rows), n); for (r in 1:nrow(rows)) { x[r, rows[r, 1]] <- 1; x[r, rows[r, 2]] <- -1 }
  b <- c(0, coef(lm(log(a[rows]) ~ x[, -1] - 1))); exp(b) / sum(exp(b)) }
scale <- c(1 / (9:2), 1:9)
set.seed(5)
cases <- lapply(c(2, 3, 4, 6, 9, 15), function(n) { a <- reciprocal(sample(scale, n * (n - 1) / 2, TRUE), n)
  g <- apply(a, 1, function(row) exp(mean(log(row))))
  e <- principal(a); list(matrix = a, eigen = e, geometric = g / sum(g)) })
incomplete <- lapply(1:3, function(k) { n <- c(4, 5, 7)[k]; a <- reciprocal(sample(scale, n * (n - 1) / 2, TRUE), n)
  drop <- list(rbind(c(1, 3)), rbind(c(1, 2), c(3, 5), c(2, 4)), rbind(c(1, 7), c(2, 6), c(3, 4), c(1, 5)))[[k]]
  for (r in 1:nrow(drop)) { a[drop[r, 1], drop[r, 2]] <- NA; a[drop[r, 2], drop[r, 1]] <- NA }
  list(matrix = a, harker = harker(a), logarithmic = logLeastSquares(a)) })
# Mean consistency index of random matrices, with its standard error: what the tables of random indices should say.
simulated <- lapply(c(3, 4, 5, 7, 10, 15), function(n) { ci <- replicate(8000, (principal(reciprocal(sample(scale, n * (n - 1) / 2, TRUE), n))$eigenvalue - n) / (n - 1))
  list(n = n, mean = mean(ci), standardError = sd(ci) / sqrt(length(ci))) })
# The same for incomplete matrices by Harker's method.
simulatedIncomplete <- lapply(list(c(5, 2), c(6, 4), c(8, 6)), function(nm) { n <- nm[1]; m <- nm[2]
  one <- function() repeat { a <- reciprocal(sample(scale, n * (n - 1) / 2, TRUE), n)
    pairs <- which(upper.tri(a), arr.ind = TRUE); drop <- pairs[sample(nrow(pairs), m), , drop = FALSE]
    a[drop] <- NA; a[drop[, 2:1, drop = FALSE]] <- NA
    reach <- (!is.na(a)) * 1; for (s in 1:n) reach <- (reach %*% reach > 0) * 1
    if (all(reach > 0)) return((harker(a)$eigenvalue - n) / (n - 1)) }
  ci <- replicate(4000, one()); list(n = n, missing = m, mean = mean(ci), standardError = sd(ci) / sqrt(length(ci))) })
cat(toJSON(list(cases = cases, incomplete = incomplete, simulated = simulated, simulatedIncomplete = simulatedIncomplete), digits = NA, auto_unbox = TRUE, na = 'null'))
