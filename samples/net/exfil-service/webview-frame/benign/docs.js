const vscode = require("vscode");
function open() {
  const panel = vscode.window.createWebviewPanel("docs", "Documentation", vscode.ViewColumn.Beside, {});
  panel.webview.html = `<html><body><iframe src="https://docs.example.invalid/" style="width:100%;height:100vh;border:0"></iframe></body></html>`;
  return panel;
}
module.exports = { open };
