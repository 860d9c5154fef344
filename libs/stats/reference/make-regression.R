# Golden values for regression: lm and sandwich::NeweyWest on the Longley data and on a small weighted series; interrupted series.
# Run in this folder: Rscript make-regression.R. Output: regression.json.
library(sandwich)
library(jsonlite)
cov_of <- function(fit, lag, adjust) unname(NeweyWest(fit, lag = lag, prewhite = FALSE, adjust = adjust))
# The year is counted from 1954: uncentred, the figures of two good programs agree to seven digits only.
longley$Year <- longley$Year - 1954
longley_fit <- lm(Employed ~ GNP + Unemployed + Year, data = longley)
longley_rows <- unname(model.matrix(longley_fit))
set.seed(20)
T <- 40
time <- 1:T
after <- as.numeric(time >= 25)
noise <- as.numeric(arima.sim(list(ar = 0.4), T, sd = 1.5))
value <- round(60 + 0.2 * time + 5 * after - 0.3 * (time - 25) * after + 2 * cos(2 * pi * time / 12) + noise, 3)
weight <- round(100 + 30 * sin(time), 0)
frame <- data.frame(time = time, d = time - 25, after = after, value = value, weight = weight)
frame$slope <- frame$d * frame$after
plain <- lm(value ~ d + after + slope, data = frame)
weighted <- lm(value ~ d + after + slope, data = frame, weights = weight)
season <- lm(value ~ d + after + slope + cos(2 * pi * time / 12) + sin(2 * pi * time / 12), data = frame)
describe <- function(fit, lag) {
  v <- cov_of(fit, lag, TRUE)
  b <- unname(coef(fit))
  average <- c(0, 0, 1, mean(frame$d[frame$after == 1]), rep(0, length(b) - 4))
  list(coefficients = b, se = sqrt(diag(v)), p = 2 * pt(-abs(b / sqrt(diag(v))), fit$df.residual),
       average = sum(average * b), averageSe = sqrt(c(average %*% v %*% average)),
       ordinarySe = unname(sqrt(diag(vcov(fit)))), df = fit$df.residual)
}
e <- residuals(plain)
write(toJSON(list(
  longley = list(rows = longley_rows, response = longley$Employed, coefficients = unname(coef(longley_fit)),
                 lag3adjusted = cov_of(longley_fit, 3, TRUE), lag3none = cov_of(longley_fit, 3, FALSE),
                                  lag0none = cov_of(longley_fit, 0, FALSE)),
  series = frame[, c('time', 'value', 'weight')],
  plain = describe(plain, 3), weighted = describe(weighted, 3), season = describe(season, 2),
  weightedLag4none = cov_of(weighted, 4, FALSE),
  durbinWatson = sum(diff(e)^2) / sum(e^2)
), digits = NA, auto_unbox = TRUE, pretty = TRUE), 'regression.json')
