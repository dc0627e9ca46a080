# Makes tests/statistics/metafor.json; see README.md.
suppressMessages({library(metafor); library(clubSandwich); library(jsonlite)})
exact <- list(threshold = 1e-13, tol = 1e-13, maxiter = 10000)
sets <- list(
  mixed = list(yi = c(-0.9, -1.6, -1.3, -1.4, -0.2, -0.8, -1.6, 0.1, -0.5, -1.4), vi = c(.33, .19, .41, .02, .05, .007, .22, .004, .056, .073)),
  alike = list(yi = c(.31, .29, .35, .30, .33), vi = c(.05, .08, .04, .09, .06)),
  two = list(yi = c(.2, .9), vi = c(.04, .05)),
  three = list(yi = c(.54, .56, .58), vi = c(.046, .041, .050)),
  large = list(yi = c(12, -4, 30, 8, 22, -15, 3), vi = c(9, 25, 16, 4, 36, 49, 1)),
  tiny = list(yi = c(.0012, .0045, .0031, -.0002), vi = c(1e-6, 4e-6, 2e-6, 3e-6)),
  one = list(yi = .4, vi = .04))
figures <- function(f) { p <- predict(f); list(estimate = c(f$beta), se = f$se, ci_lower = f$ci.lb, ci_upper = f$ci.ub, p = f$pval, tau2 = f$tau2,
  se_tau2 = f$se.tau2, i2 = f$I2, h2 = f$H2, q = f$QE, q_p = f$QEp, pi_lower = p$pi.lb, pi_upper = p$pi.ub) }
fits <- list()
for (name in names(sets)) for (m in c("EE", "DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "PM", "EB")) for (t in c("z", "t", "knha", "adhoc")) {
  s <- sets[[name]]
  f <- try(suppressWarnings(rma(s$yi, s$vi, method = m, test = t, control = if (m %in% c("ML", "REML", "PM", "EB")) exact else list())), silent = TRUE)
  if (!inherits(f, "try-error")) fits[[length(fits) + 1]] <- c(list(set = name, method = m, test = t), figures(f))
}
default <- list()
for (name in c("mixed", "large", "alike")) for (m in c("ML", "REML", "PM", "EB")) {
  s <- sets[[name]]
  default[[length(default) + 1]] <- c(list(set = name, method = m), figures(suppressWarnings(rma(s$yi, s$vi, method = m))))
}
table <- list(ai = c(4, 0, 12, 7), bi = c(16, 20, 8, 23), ci = c(9, 3, 5, 0), di = c(11, 17, 15, 30))
groups <- list(m1i = c(10.2, 8.1, 9.7), sd1i = c(2.1, 1.7, 3.0), n1i = c(20, 35, 12), m2i = c(8.8, 8.4, 6.1), sd2i = c(2.6, 1.9, 1.2), n2i = c(22, 30, 14))
pairs <- list(m1i = groups$m1i, sd1i = groups$sd1i, m2i = groups$m2i, sd2i = groups$sd2i, ni = c(20, 35, 12), ri = c(.6, .1, .85))
single <- list(mi = c(5, 8.2), sdi = c(1.1, 2.2), ni = c(10, 31))
counts <- list(xi = c(0, 3, 11), ni = c(12, 15, 40))
rates <- list(x1i = c(3, 0, 12), x2i = c(7, 2, 9), t1i = c(40, 25, 90), t2i = c(38, 27, 70))
effects <- list()
add <- function(m, cols, ...) { e <- suppressWarnings(do.call(escalc, c(list(measure = m), cols, list(...)))); effects[[length(effects) + 1]] <<- list(measure = m, columns = cols,
  options = list(...), yi = as.numeric(e$yi), vi = as.numeric(e$vi)) }
for (m in c("RR", "OR", "RD", "PETO", "AS", "YUQ", "YUY", "PBIT", "OR2D", "OR2DN", "OR2DL", "MPRR", "MPOR", "MPRD", "MPORC", "MPPETO")) add(m, table)
for (m in c("RR", "OR", "RD")) for (to in c("all", "if0all", "none")) add(m, table, to = to)
add("OR", table, drop00 = TRUE); add("RR", table, add = 0.1); add("RD", table, vtype = "UB")
add("PHI", lapply(table, function(x) x + 1)); add("PHI", lapply(table, function(x) x + 1), vtype = "ST")
for (m in c("MD", "SMD", "SMDH", "SMD1", "SMD1H", "ROM", "VR", "CVR", "RPB", "RBIS", "D2OR", "D2ORN")) add(m, groups)
add("SMD", groups, vtype = "UB"); add("SMD", groups, vtype = "LS2"); add("MD", groups, vtype = "HO"); add("RPB", groups, vtype = "CS"); add("ROM", groups, vtype = "HO")
for (m in c("MC", "SMCC", "SMCR", "SMCRH", "ROMC", "CVRC", "VRC")) add(m, pairs)
add("SMCC", pairs, vtype = "LS2"); add("SMCR", pairs, vtype = "LS2")
for (m in c("MN", "MNLN", "CVLN", "SDLN", "SMN")) add(m, single)
for (m in c("PR", "PLN", "PLO", "PAS", "PFT")) add(m, counts)
for (m in c("IRR", "IRD", "IRSD")) add(m, rates)
for (m in c("COR", "ZCOR")) add(m, list(ri = c(.3, -.6, 0), ni = c(20, 40, 9)))
add("MPORM", list(ai = c(12, 7), bi = c(18, 13), ci = c(6, 9), di = c(24, 11), ri = c(.3, .5)))
s <- sets$mixed; f <- rma(s$yi, s$vi, control = exact)
knha <- rma(s$yi, s$vi, test = "knha", control = exact)
lo <- leave1out(f); cu <- cumul(f); inf <- influence(f)$inf; infk <- influence(knha)$inf
ba <- { pdf(NULL); baujat(f) }
X <- cbind(1, c(1, 3, 2, 5, 4, 6, 9, 7, 8, 5), c(0, 0, 1, 1, 0, 1, 0, 1, 1, 0))
reg <- list(); for (m in c("REML", "ML", "DL", "HE", "SJ", "PM", "EB", "HS", "EE")) for (t in c("z", "knha")) {
  g <- suppressWarnings(rma(s$yi, s$vi, mods = X, intercept = FALSE, method = m, test = t, control = if (m %in% c("ML", "REML", "PM", "EB")) exact else list()))
  reg[[length(reg) + 1]] <- list(method = m, test = t, beta = c(g$beta), se = g$se, p = g$pval, tau2 = g$tau2, qm = g$QM, qm_p = g$QMp, qe = g$QE, i2 = g$I2, r2 = g$R2)
}
regdefault <- list(); for (m in c("REML", "ML")) { g <- rma(s$yi, s$vi, mods = X, intercept = FALSE, method = m)
  regdefault[[m]] <- list(beta = c(g$beta), se = g$se, tau2 = g$tau2, qm = g$QM, r2 = g$R2) }
eg <- regtest(s$yi, s$vi, model = "lm"); em <- regtest(f); bg <- ranktest(s$yi, s$vi)
tf <- trimfill(rma(s$yi, s$vi, method = "DL")); tfr <- trimfill(rma(s$yi, s$vi, method = "DL"), estimator = "R0")
ci <- confint(f, control = list(tol = 1e-13))
mh <- list(); for (m in c("RR", "OR", "RD")) { g <- rma.mh(ai, bi, ci, di, data = as.data.frame(table), measure = m); mh[[m]] <- list(estimate = c(g$beta), se = g$se, q = g$QE) }
pe <- rma.peto(ai, bi, ci, di, data = as.data.frame(table))
set.seed(1)
multi <- data.frame(study = rep(1:9, c(2, 3, 1, 4, 2, 3, 2, 5, 1))); multi$effect <- seq_len(nrow(multi))
multi$yi <- round(.3 + rep(rnorm(9, 0, .3), c(2, 3, 1, 4, 2, 3, 2, 5, 1)) + rnorm(nrow(multi), 0, .25), 3); multi$vi <- round(runif(nrow(multi), .02, .12), 3)
multi$x <- round(rnorm(nrow(multi)), 2)
tight <- list(optimizer = "optim", optmethod = "BFGS", reltol = 1e-15, maxit = 1000)
three <- rma.mv(yi, vi, random = ~ 1 | study/effect, data = multi, control = tight)
threeml <- rma.mv(yi, vi, random = ~ 1 | study/effect, data = multi, method = "ML", control = tight)
rb <- robust(three, cluster = multi$study)
V <- diag(multi$vi); for (i in seq_len(nrow(V))) for (j in seq_len(nrow(V))) if (i != j && multi$study[i] == multi$study[j]) V[i, j] <- .6 * sqrt(multi$vi[i] * multi$vi[j])
che <- rma.mv(yi, V, mods = ~ x, random = ~ 1 | study/effect, data = multi, control = tight)
cr2 <- function(g) { ct <- coef_test(g, vcov = "CR2", cluster = multi$study); list(se = ct$SE, df = if (is.null(ct$df_Satt)) ct$df else ct$df_Satt, p = if (is.null(ct$p_Satt)) ct$p_val else ct$p_Satt) }
mv <- function(g) list(beta = c(g$beta), se = g$se, sigma2 = g$sigma2, log_likelihood = c(logLik(g)), q = g$QE)
out <- list(versions = list(R = R.version.string, metafor = as.character(packageVersion("metafor")), clubSandwich = as.character(packageVersion("clubSandwich"))), sets = sets, fits = fits, default_stop = default, effects = effects,
  leave_one_out = list(estimate = lo$estimate, se = lo$se, tau2 = lo$tau2), cumulative = list(estimate = cu$estimate, se = cu$se, tau2 = cu$tau2),
  influence = inf[c("rstudent", "dffits", "cook.d", "cov.r", "tau2.del", "QE.del", "hat")], influence_knha = infk[c("rstudent", "dffits", "cook.d", "cov.r")],
  baujat = list(x = ba$x, y = ba$y), X = X, regression = reg, regression_default_stop = regdefault, egger = list(t = eg$zval, df = eg$dfs, p = eg$pval), egger_mixed = list(z = em$zval, p = em$pval),
  begg = list(tau = c(bg$tau), p = bg$pval), trim_and_fill = list(k0 = tf$k0, side = tf$side, estimate = c(tf$beta), se = tf$se), trim_and_fill_R0 = list(k0 = tfr$k0, estimate = c(tfr$beta)),
  tau2_interval = list(lower = ci$random[1, 2], upper = ci$random[1, 3], i2_lower = ci$random[3, 2], i2_upper = ci$random[3, 3]), table = table, mantel_haenszel = mh,
  peto = list(estimate = c(pe$beta), se = pe$se, q = pe$QE), multi = multi, three_level = mv(three), three_level_ml = mv(threeml),
  three_level_robust = list(se = rb$se, p = rb$pval, df = rb$dfs), che = mv(che), three_level_cr2 = cr2(three), che_cr2 = cr2(che))
cat(toJSON(out, digits = I(16), auto_unbox = TRUE, na = "null", pretty = FALSE), "\n")
