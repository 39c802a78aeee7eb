module.exports = (o) => o.request("POST", "/user/repos");
