const t = {
  alpha:                                                                                                                        1,
  beta:                                                                                                                         2,
};                                                                                                               // require order
