# Second opinion on the rows of tails.json (made by mpmath): the same figures from R, and the largest relative difference per function.
# Run in this folder: Rscript make-tails.R. Output: tails-r.csv (name, args, tail, value, log).
library(jsonlite)
rows <- fromJSON('tails.json', simplifyVector = FALSE)
tail_of <- function(name, a, lower, log) {
  if (name == 'normal') return(pnorm(a[1], lower.tail = lower, log.p = log))
  if (name == 'erfc') return(if (log) log(2) + pnorm(a[1] * sqrt(2), lower.tail = FALSE, log.p = TRUE)
                             else 2 * pnorm(a[1] * sqrt(2), lower.tail = FALSE))
  if (name == 'student-t') return(pt(a[1], a[2], lower.tail = lower, log.p = log))
  if (name == 'f') return(pf(a[1], a[2], a[3], lower.tail = lower, log.p = log))
  if (name == 'chi-square') return(pchisq(a[1], a[2], lower.tail = lower, log.p = log))
  # Both tails of ours include the count; R's upper tail does not.
  if (name == 'poisson') return(ppois(a[1] - if (lower) 0 else 1, a[2], lower.tail = lower, log.p = log))
  if (name == 'binomial') return(pbinom(a[1] - if (lower) 0 else 1, a[2], a[3], lower.tail = lower, log.p = log))
  if (name == 'log-gamma') return(if (log) NA else lgamma(a[1]))
}
out <- do.call(rbind, lapply(rows, function(row) {
  a <- unlist(row$args)
  data.frame(name = row$name, args = paste(format(a, digits = 17, trim = TRUE), collapse = ' '), tail = row$tail,
             value = tail_of(row$name, a, row$tail == 'lower', FALSE), log = tail_of(row$name, a, row$tail == 'lower', TRUE),
             exact = row$value)
}))
out$difference <- abs(out$value / out$exact - 1)
out$difference[out$exact == 0] <- abs(out$value[out$exact == 0])
print(aggregate(difference ~ name, out, max))
write.csv(format(out[, c('name', 'args', 'tail', 'value', 'log')], digits = 17), 'tails-r.csv', row.names = FALSE, quote = FALSE)
