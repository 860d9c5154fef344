# Golden data envelopment analysis by lpSolve: both stages as separate programmes. Run in this folder: Rscript make-efficiency.R > efficiency.json
library(jsonlite); library(lpSolve)
set.seed(9)
# The last case has figures over four powers of ten, and zeros.
cases <- lapply(list(c(12, 2, 1), c(25, 3, 2), c(40, 2, 3), c(15, 3, 2, 4)), function(s) {
  n <- s[1]; inputs <- matrix(round(runif(n * s[2], 1, 50), 1), n); outputs <- matrix(round(runif(n * s[3], 1, 80), 1), n)
  if (length(s) == 4) { wide <- function(k) { v <- matrix(ceiling(10^runif(n * k, 0, 4)), n); v[cbind(3:n, sample(k, n - 2, TRUE))][c(1, 5, 9)] <- 0; v[4, 1] <- 0; v }
    inputs <- wide(s[2]); outputs <- wide(s[3]) }
  inputs[1, ] <- inputs[2, ] + c(3, rep(0, s[2] - 1)); outputs[1, ] <- outputs[2, ]
  solve <- function(model, orientation) t(sapply(1:n, function(o) {
    m <- s[2]; r <- s[3]; lambda <- rep(0, n); eq <- rbind(cbind(if (orientation == 'input') -inputs[o, ] else 0, t(inputs), diag(m), matrix(0, m, r)),
      cbind(if (orientation == 'output') -outputs[o, ] else 0, t(outputs), matrix(0, r, m), -diag(r)))
    rhs <- c(if (orientation == 'input') rep(0, m) else inputs[o, ], if (orientation == 'output') rep(0, r) else outputs[o, ])
    if (model == 'bcc') { eq <- rbind(eq, c(0, rep(1, n), rep(0, m + r))); rhs <- c(rhs, 1) }
    first <- lp(if (orientation == 'input') 'min' else 'max', c(1, rep(0, n + m + r)), eq, rep('=', nrow(eq)), rhs)
    factor <- first$objval
    slack <- c(rep(0, 1 + n), rep(1, m + r))
    # The factor is held by substitution, so that rounding cannot make the second stage infeasible by an equality.
    second <- lp('max', slack[-1], eq[, -1], rep('=', nrow(eq)), rhs - eq[, 1] * factor)
    if (second$status != 0) second <- lp('max', slack[-1], eq[, -1], rep('=', nrow(eq)), rhs - eq[, 1] * (factor + if (orientation == 'input') 1e-10 else -1e-10))
    c(factor, if (second$status == 0) second$objval else NA) }))
  list(inputs = inputs, outputs = outputs, ccrInput = solve('ccr', 'input'), ccrOutput = solve('ccr', 'output'), bccInput = solve('bcc', 'input'), bccOutput = solve('bcc', 'output')) })
cat(toJSON(cases, digits = NA, auto_unbox = TRUE, na = 'null'))
