# Mean (d2) and standard deviation (d3) of the range of n standard normal values, from the distribution of the range.
# Run in this folder: Rscript make-chart-constants.R. Prints the lines of src/charts/range-constants.ts.
one <- function(n) {
  upper <- function(r) sapply(r, function(q) 1 - integrate(function(x) n * dnorm(x) * (pnorm(x + q) - pnorm(x))^(n - 1), -9, 9,
                                                           rel.tol = 1e-13, subdivisions = 2000)$value)
  nodes <- function(f) { # composite Simpson on a fine grid, the tail beyond 16 is nothing
    r <- seq(0, 16, length.out = 3201); w <- c(1, rep(c(4, 2), 1599), 4, 1) * (r[2] - r[1]) / 3; sum(w * f(r)) }
  m <- nodes(upper); s <- nodes(function(r) 2 * r * upper(r))
  c(m, sqrt(s - m^2))
}
out <- t(sapply(2:25, one))
for (i in seq_len(nrow(out))) cat(sprintf('  [%.9f, %.9f],\n', out[i, 1], out[i, 2]))
