# Golden resampling: boot.ci on resamples kept in the file, exact permutation tests by coin. Run: Rscript make-resampling.R > resampling.json
suppressMessages({ library(jsonlite); library(boot); library(coin) })
set.seed(5)
x <- round(rexp(25, 0.2), 2)
b <- boot(x, function(d, i) mean(d[i]), R = 999)
ci <- boot.ci(b, type = c('perc', 'basic', 'bca'), conf = 0.9)
jack <- empinf(b, type = 'jack')
first <- c(4.1, 5.5, 3.9, 6.2, 4.8, 5.0); second <- c(6.3, 5.9, 7.7, 4.9, 6.6)
g <- factor(rep(c('b', 'a'), c(5, 6)), levels = c('b', 'a'))
p <- function(alternative) as.numeric(coin::pvalue(coin::oneway_test(c(second, first) ~ g, distribution = 'exact', alternative = alternative)))
d <- c(1.2, -0.4, 2.2, 3.1, -1.1, 0.9, 4.2, 0.3)
signs <- as.matrix(expand.grid(rep(list(c(-1, 1)), length(d))))
sums <- signs %*% d
write(toJSON(list(values = x, resampled = c(b$t), estimate = b$t0, confidence = 0.9, percentile = ci$percent[4:5], basic = ci$basic[4:5], bca = ci$bca[4:5],
  acceleration = sum(jack^3) / (6 * sum(jack^2)^1.5), first = first, second = second, two = p('two.sided'), greater = p('greater'), less = p('less'),
  differences = d, signs = mean(abs(sums) >= abs(sum(d)) - 1e-9), signsGreater = mean(sums >= sum(d) - 1e-9)), digits = NA, auto_unbox = TRUE), stdout())
