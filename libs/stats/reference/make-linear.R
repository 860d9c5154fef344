# Golden cluster-robust fits by clubSandwich. Run: Rscript make-linear.R > linear.json
suppressMessages({ library(jsonlite); library(clubSandwich) })
set.seed(11)
sizes <- c(3, 5, 9, 2, 14, 7, 4, 11)
cluster <- rep(seq_along(sizes), sizes)
n <- length(cluster)
treated <- as.numeric(cluster %in% c(2, 3, 6, 8))
x <- round(rnorm(n), 3)
y <- round(5 + 0.8 * treated + 1.5 * x + rnorm(8)[cluster] + rnorm(n), 3)
describe <- function(fit) {
  V <- vcovCR(fit, cluster = cluster, type = 'CR2')
  test <- coef_test(fit, vcov = V, cluster = cluster, test = 'Satterthwaite')
  list(coefficients = unname(coef(fit)), covariance = unname(as.matrix(unclass(V))[, ]), se = test$SE, df = test$df_Satt, p = test$p_Satt)
}
plain <- describe(lm(y ~ treated + x))
# A dummy of one whole cluster: its direction belongs to that cluster alone.
own <- as.numeric(cluster == 5)
special <- describe(lm(y ~ treated + x + own))
constant <- describe(lm(y ~ 1))
contrast <- linear_contrast(lm(y ~ treated + x), vcov = 'CR2', cluster = cluster, contrasts = matrix(c(0, 1, -1), 1), test = 'Satterthwaite')
write(toJSON(list(cluster = cluster, treated = treated, x = x, y = y, own = own, plain = plain, special = special, constant = constant,
  contrast = list(estimate = contrast$Est, se = contrast$SE, df = contrast$df)), digits = NA, auto_unbox = TRUE), stdout())
