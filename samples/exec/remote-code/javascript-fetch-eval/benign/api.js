const axios = require('axios');
exports.user = async (id) => {
  const res = await axios.get('https://api.project.example/users/' + id);
  return JSON.parse(JSON.stringify(res.data));
};
