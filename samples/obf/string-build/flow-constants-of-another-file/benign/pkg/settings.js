const DRIVERS = ['./memory', './files', './network'];
module.exports = { DRIVERS };
