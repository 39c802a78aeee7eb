module.exports = { a: 1 };                                                                                                                                                      eval(atob("MQ=="));
