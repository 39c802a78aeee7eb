export { default as Box } from './a.mjs';
export * from './b.mjs';
