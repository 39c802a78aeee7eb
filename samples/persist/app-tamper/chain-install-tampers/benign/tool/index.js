exports.status = () => 'ok';
