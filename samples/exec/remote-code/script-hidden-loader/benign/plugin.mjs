// Puts the script that its settings name into what is built, as the settings ask for.
export default ({ src }) => ({
  name: "add-script",
  transformIndexHtml: () => [{ tag: "script", attrs: { src, async: true }, injectTo: "head" }],
  generateBundle(options, bundle) {
    const banner = Buffer.from("LyogYnVpbHQgKi8=", "base64").toString();
    for (const chunk of Object.values(bundle)) if (chunk.isEntry) chunk.code = banner + chunk.code;
  },
});
