// Compiles the templates of the package once, so that rendering need not.
const fs = require("fs");
const path = require("path");

function compile(template) {
  const pieces = template.split(/{{|}}/);
  const body = pieces.map((piece, n) => (n % 2 ? "values[" + JSON.stringify(piece.trim()) + "]" : JSON.stringify(piece)));
  return new Function("values", "return " + body.join(" + "));
}

const handlers = { html: compile, text: (template) => () => template };
const folder = path.join(__dirname, "templates");
const compiled = {};
if (fs.existsSync(folder)) {
  for (const name of fs.readdirSync(folder)) {
    const kind = name.endsWith(".html") ? "html" : "text";
    compiled[name] = handlers[kind](fs.readFileSync(path.join(folder, name), "utf8"));
  }
}
module.exports = compiled;
