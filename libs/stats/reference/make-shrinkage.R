# Golden empirical Bayes estimates: metafor for normal means, MASS::glm.nb for rates, optim for proportions, formulas written out for moments.
# Run in this folder: Rscript make-shrinkage.R > shrinkage.json
suppressMessages({ library(jsonlite); library(metafor); library(MASS) })
set.seed(31)
n <- c(3, 8, 12, 20, 25, 40, 60, 90, 150, 400, 1, 5); p <- rbeta(12, 14, 4); y <- rbinom(12, n, p)
logLik <- function(par) { a <- exp(par[2]) * plogis(par[1]); b <- exp(par[2]) * plogis(-par[1]); sum(lbeta(a + y, b + n - y) - lbeta(a, b)) }
gradient <- function(par) { m <- plogis(par[1]); s <- exp(par[2]); a <- s * m; b <- s * (1 - m)
  ga <- sum(digamma(a + y) - digamma(a) + digamma(s) - digamma(s + n)); gb <- sum(digamma(b + n - y) - digamma(b) + digamma(s) - digamma(s + n))
  c(s * m * (1 - m) * (ga - gb), a * ga + b * gb) }
fit <- optim(c(1, 3), logLik, gradient, method = 'BFGS', control = list(fnscale = -1, reltol = 1e-15, maxit = 1000))
mean0 <- sum(y) / sum(n); S <- sum(n * (y / n - mean0)^2); v <- mean0 * (1 - mean0); spread <- sum(n) - sum(n^2) / sum(n)
rho <- (S - v * 11) / (v * (spread - 11))
post <- function(m, s) { a <- s * m + y; b <- s * (1 - m) + n - y
  list(mean = m, concentration = s, estimate = a / (a + b), sd = sqrt(a * b / ((a + b)^2 * (a + b + 1))), lower = qbeta(0.025, a, b), upper = qbeta(0.975, a, b)) }
e <- round(rlnorm(15, 2, 1), 2); rate <- rgamma(15, 3, 3 / 0.8); x <- rpois(15, rate * e)
nb <- glm.nb(x ~ 1 + offset(log(e)), control = glm.control(epsilon = 1e-14, maxit = 200))
m1 <- sum(x) / sum(e); A <- sum(e * (x / e - m1)^2) / sum(e) - m1 / mean(e)
rates <- function(m, a) list(mean = m, shape = a, estimate = (a + x) / (a / m + e), sd = sqrt(a + x) / (a / m + e),
  lower = qgamma(0.025, a + x, a / m + e), upper = qgamma(0.975, a + x, a / m + e))
yi <- round(rnorm(14, 4.4, 0.25) + rnorm(14, 0, 0.3), 3); se <- round(runif(14, 0.05, 0.6), 3)
means <- function(method) { r <- rma(yi, sei = se, method = method, control = list(threshold = 1e-14, maxiter = 10000, tol = 1e-14)); b <- blup(r)
  list(method = method, tau2 = r$tau2, mean = c(r$b), meanSe = r$se, Q = r$QE, estimate = c(b$pred), se = c(b$se)) }
small <- lapply(c(0.001, 0.3, 1, 4.7, 9.99, 10, 55.5, 1e5), function(u) list(x = u, digamma = digamma(u), trigamma = trigamma(u), rising = lgamma(u + 7) - lgamma(u)))
cat(toJSON(list(special = small,
  proportions = list(successes = y, trials = n, likelihood = c(post(plogis(fit$par[1]), exp(fit$par[2])), value = fit$value), moments = post(mean0, 1 / rho - 1)),
  rates = list(counts = x, exposures = e, likelihood = rates(unname(exp(coef(nb))), nb$theta), moments = rates(m1, m1^2 / A)),
  means = list(estimates = yi, errors = se, fits = lapply(c('DL', 'PM', 'REML'), means))), digits = NA, auto_unbox = TRUE))
