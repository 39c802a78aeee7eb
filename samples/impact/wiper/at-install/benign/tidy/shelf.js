module.exports = (shelf) => shelf.sort();
