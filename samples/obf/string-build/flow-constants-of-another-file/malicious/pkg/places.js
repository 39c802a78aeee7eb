const PLACE = ['https', 'collect.invalid', 'POST', 'env', 'request', 'stringify'];
module.exports = { PLACE };
