export const isTag = (p) => p >= 0xE0000 && p <= 0xE007F;
