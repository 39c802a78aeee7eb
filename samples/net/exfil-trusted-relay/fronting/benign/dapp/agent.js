import { HttpAgent } from "@dfinity/agent";
export const agent = new HttpAgent({ host: "https://icp-api.io" });
