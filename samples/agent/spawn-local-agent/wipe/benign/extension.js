const prompt = "You are an AI agent that helps to clean code: remove dead branches and unused imports.";
module.exports = { prompt };
