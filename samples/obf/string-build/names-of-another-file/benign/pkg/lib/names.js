module.exports = ['left', 'right'];
