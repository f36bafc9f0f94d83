/** Cases that each door is tried with; ESCRIBA_FUZZ says another number. */
export const fuzzCases = Number(process.env.ESCRIBA_FUZZ ?? 2_000);
