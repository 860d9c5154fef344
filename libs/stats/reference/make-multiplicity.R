# Golden adjusted p-values. Run: Rscript make-multiplicity.R > multiplicity.json
library(jsonlite)
sets <- list(c(0.01, 0.02, 0.03, 0.04, 0.05), c(0.0008, 0.9, 0.04, 0.011, 0.03, 0.011, 0.5), c(1e-20, 0.2, 1), c(0.3), c(0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.269, 0.275, 0.34))
set.seed(3)
for (k in 1:8) sets <- c(sets, list(round(runif(3 + k)^(1 + k %% 3), 4)))
one <- function(p, n) lapply(c(bonferroni = 'bonferroni', holm = 'holm', hochberg = 'hochberg', hommel = 'hommel', `benjamini-hochberg` = 'BH', `benjamini-yekutieli` = 'BY'), function(m) I(p.adjust(p, m, n)))
write(toJSON(c(lapply(sets, function(p) list(p = I(p), family = length(p), adjusted = one(p, length(p)))),
  list(list(p = I(sets[[2]]), family = 11, adjusted = one(sets[[2]], 11)))), digits = NA, auto_unbox = TRUE), stdout())
