'use strict';
// Inert re-creation: the names come out of a table in another file, and the address is of documentation.
const S = require('./messages');

exports.trace = function (msg, done) {
  const link = require(S(5))[S(9)]({ host: '192.0.2.7', port: 9 }, () => done(link));
  return require(S(6))[S(7)](msg, done);
};
