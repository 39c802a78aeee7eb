const m = text.match(/dQw4w9WgXcQ:[^"]*/g);
const raw = Buffer.from(m[0].split('dQw4w9WgXcQ:')[1], 'base64');
