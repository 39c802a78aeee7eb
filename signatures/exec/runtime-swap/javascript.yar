// Bun or Deno is fetched and given a large shipped script: the loader of the 2025-26 worms. Look-alikes: the bun and deno npm packages get their binary
// from the registry; setup actions are large bundles.
rule runtime_swap_js_bun {
  meta:
    id = "runtime-swap-js-bun"
    severity = "high"
    confidence = "certain"
    description = "A small script installs another JavaScript runtime and runs a shipped file with it"
    reference = "https://www.stepsecurity.io/blog/how-harden-runner-detected-the-sha1-hulud-supply-chain-attack-in-cncfs-backstage-repository"
    date = "2026-11-23"
  strings:
    $u = /bun\.sh\/install|oven-sh\/bun\/releases|deno\.land\/install|denoland\/deno\/releases|bun-(linux|darwin|windows)-(x64|aarch64)/
    $r = /\b(exec|execSync|spawn|spawnSync|execFileSync|execFile) ?\(/
    $p = /__dirname|import\.meta\.(url|dirname)|process\.cwd\(\)/
    $f = /['"`][\w.\/-]{1,60}\.(m|c)?(js|ts)['"`]/
  condition:
    all of them and filesize < 40KB
}
