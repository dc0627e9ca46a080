# Meta-analyses of the R package metadat that tell years of publication, as JSON: effects, variances and years, oldest first.
#
#     Rscript validation/metadat/years.R > effects.json
#     python benchmarks/living.py replay effects.json
suppressMessages({library(metafor); library(metadat)})
out <- list()
for (n in data(package="metadat")$results[,"Item"]) {
  d <- tryCatch(get(n, envir=asNamespace("metadat")), error=function(e) tryCatch({data(list=n, package="metadat"); get(n)}, error=function(e) NULL))
  if (!is.data.frame(d)) next
  y <- intersect(c("year","Year","pubyear"), names(d)); if (!length(y)) next
  d$year_ <- suppressWarnings(as.numeric(gsub("[^0-9]","",as.character(d[[y[1]]]))))
  has <- function(...) all(c(...) %in% names(d))
  r <- tryCatch({
    if (has("yi","vi")) d[,c("yi","vi","year_")]
    else if (has("ai","n1i","ci","n2i")) { e <- escalc("RR", ai=ai,n1i=n1i,ci=ci,n2i=n2i,data=d); data.frame(yi=e$yi,vi=e$vi,year_=d$year_) }
    else if (has("ai","bi","ci","di")) { e <- escalc("RR", ai=ai,bi=bi,ci=ci,di=di,data=d); data.frame(yi=e$yi,vi=e$vi,year_=d$year_) }
    else if (has("tpos","tneg","cpos","cneg")) { e <- escalc("RR", ai=tpos,bi=tneg,ci=cpos,di=cneg,data=d); data.frame(yi=e$yi,vi=e$vi,year_=d$year_) }
    else if (has("n1i","m1i","sd1i","n2i","m2i","sd2i")) { e <- escalc("SMD", n1i=n1i,m1i=m1i,sd1i=sd1i,n2i=n2i,m2i=m2i,sd2i=sd2i,data=d); data.frame(yi=e$yi,vi=e$vi,year_=d$year_) }
    else if (has("ni","ri")) { e <- escalc("ZCOR", ri=ri, ni=ni, data=d); data.frame(yi=e$yi,vi=e$vi,year_=d$year_) }
    else NULL }, error=function(e) NULL)
  if (is.null(r)) next
  r <- r[complete.cases(r) & r$vi > 0,]; r <- r[order(r$year_),]
  if (nrow(r) < 5) next
  out[[n]] <- r
}
cat("{"); first <- TRUE
for (n in names(out)) { r <- out[[n]]; cat(if(first) "" else ",\n", '"',n,'":{"yi":[',paste(sprintf("%.15g",r$yi),collapse=","),'],"vi":[',paste(sprintf("%.15g",r$vi),collapse=","),'],"year":[',paste(r$year_,collapse=","),']}',sep=""); first <- FALSE }
cat("}\n")
