const u = process.env.ACTIONS_ID_TOKEN_REQUEST_URL, t = process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN;
exports.assume = async arn => {
  const r = await fetch(u + '&audience=sts.amazonaws.com', { headers: { authorization: 'Bearer ' + t } });
  const j = await r.json();
  return fetch('https://sts.amazonaws.com/?Action=AssumeRoleWithWebIdentity&RoleArn=' + arn, { method: 'POST', body: j.value });
};
