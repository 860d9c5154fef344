# Golden intervals and tests from base R. Run in this folder: Rscript make-intervals.R. Output: intervals.json.
library(jsonlite)
wilson <- lapply(list(c(0, 5), c(1, 10), c(7, 7), c(45, 60), c(3, 40000), c(812, 1000)), function(a)
  list(successes = a[1], trials = a[2], confidence = 0.95, limits = as.numeric(prop.test(a[1], a[2], correct = FALSE)$conf.int)))
garwood <- lapply(list(c(0, 2), c(1, 1), c(17, 3.5), c(1200, 40)), function(a)
  list(events = a[1], exposure = a[2], confidence = 0.99, limits = as.numeric(poisson.test(a[1], a[2], conf.level = 0.99)$conf.int)))
values <- c(7.1, 8.4, 6.9, 9.9, 7.7, 8.0, 5.2)
other <- c(6.2, 7.9, 6.1, 5.5, 7.0, 4.9, 6.6, 7.2, 3.1)
mean_test <- t.test(values)
welch <- t.test(values, other)
two <- list(list(45, 60, 30, 58), list(3, 20, 9, 22), list(0, 15, 4, 14), list(812, 1000, 850, 1010))
proportions <- lapply(two, function(a) {
  a <- unlist(a)
  fisher <- fisher.test(matrix(c(a[1], a[2] - a[1], a[3], a[4] - a[3]), 2))
  list(first = list(successes = a[1], trials = a[2]), second = list(successes = a[3], trials = a[4]), exact = fisher$p.value,
       largeSample = suppressWarnings(prop.test(c(a[1], a[3]), c(a[2], a[4]), correct = FALSE)$p.value))
})
rates <- lapply(list(c(11, 800, 23, 783), c(0, 10, 5, 12), c(150, 30, 190, 33)), function(a) {
  test <- poisson.test(c(a[1], a[3]), c(a[2], a[4]))
  list(first = list(events = a[1], exposure = a[2]), second = list(events = a[3], exposure = a[4]), p = test$p.value,
       ratio = unname(test$estimate), limits = pmin(as.numeric(test$conf.int), 1e308))
})
# Funnel: Spiegelhalter (2005), written out a second time.
successes <- c(12, 45, 80, 9, 150, 33, 71, 28, 96, 5)
trials <- c(20, 60, 90, 30, 200, 40, 85, 55, 104, 6)
target <- sum(successes) / sum(trials)
z <- (successes / trials - target) / sqrt(target * (1 - target) / trials)
q <- quantile(z, c(0.1, 0.9))
w <- pmin(pmax(z, q[1]), q[2])
exact_limit <- function(p) sapply(trials, function(n) {
  r <- qbinom(p, n, target)
  a <- (pbinom(r, n, target) - p) / dbinom(r, n, target)
  min(1, max(0, (r - a) / n))
})
funnel <- list(successes = successes, trials = trials, target = target, z = z, phi = mean(w^2),
               pValue = pchisq(sum(w^2), length(w), lower.tail = FALSE), lower95 = exact_limit(0.025), upper95 = exact_limit(0.975),
               lower998 = exact_limit(0.001), upper998 = exact_limit(0.999))
# Individuals chart.
series <- c(52, 48, 50, 55, 47, 51, 53, 90, 49, 50, 52, 48, 51, 50, 54, 47)
ranges <- abs(diff(series))
kept <- ranges[ranges <= 3.267 * mean(ranges)]
chart <- list(values = series, centre = mean(series), unscreened = mean(ranges), screened = mean(kept))
write(toJSON(list(wilson = wilson, garwood = garwood,
  mean = list(values = values, limits = as.numeric(mean_test$conf.int)),
  welch = list(first = values, second = other, t = unname(welch$statistic), df = unname(welch$parameter), p = welch$p.value,
               limits = as.numeric(welch$conf.int)),
  proportions = proportions, rates = rates, funnel = funnel, chart = chart), digits = NA, auto_unbox = TRUE, pretty = TRUE),
                   'intervals.json')
