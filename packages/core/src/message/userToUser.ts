import type { HeaderField } from "./headerField.ts";
import { textField } from "./textField.ts";

/** Data from user to user. RFC 7433 §4 */
export const userToUser: HeaderField<string> = textField({ name: "User-to-User", citation: "RFC 7433 §4" });
