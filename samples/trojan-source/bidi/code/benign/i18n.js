export const he = { hello: "שלום", rlm: "‏" };
export const isRtl = /[\u0590-\u05ff\u202a-\u202e]/;
