import { LOCAL_OPERATOR, type Operator } from "../monitor/types.ts";

/** Longer names would push what they did off the screen. */
const LONGEST = 32;

/** Whoever started the program, by the name of the user. */
export function localOperator(userName: string | undefined): Operator {
  const name = (userName ?? "").replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return name === "" ? LOCAL_OPERATOR : { ...LOCAL_OPERATOR, name: [...name].slice(0, LONGEST).join("") };
}
