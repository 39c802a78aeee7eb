// Saves a picture of the page under test.
module.exports = async (page, name) => page.screenshot({ path: `out/${name}.png` });
