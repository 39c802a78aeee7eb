const { exec } = require("child_process");

exports.publish = function publish(folder) {
  exec("rm -rf build/.github; git add -A docs && git commit -m docs && git push origin pages", { cwd: folder });
};
