/** Link types of our own, outside the range of LINKTYPE_ values: a frame that is a HEP packet, and one that is a message of a log. */
export const LINKTYPE_HEP: number = -1;
export const LINKTYPE_LOGGED: number = -2;
