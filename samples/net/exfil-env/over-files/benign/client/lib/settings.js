exports.settings = () => ({ url: process.env.SAMPLE_URL || 'https://api.example.invalid', token: process.env.SAMPLE_TOKEN });
