/** 5060 and 5061 are registered for SIP, their neighbours are usual. RFC 3261 §19.1.2 */
const FIRST_SIP_PORT = 5060;
const LAST_SIP_PORT = 5069;

export function isSipPort(port: number): boolean {
  return port >= FIRST_SIP_PORT && port <= LAST_SIP_PORT;
}
