require('./lib/main')();
