module.exports = (options) => ({
  name: "analytics",
  transformIndexHtml(html) {
    return { html, tags: [{ tag: "script", attrs: { src: options.src } }] };
  },
});
