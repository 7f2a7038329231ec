import staticAdapter from "@sveltejs/adapter-static";
import type { Adapter } from "@sveltejs/kit";

const site = "dist/site";
const server = "dist/server";

/** The static site for any file host into dist/site, and what renders its pages on demand into dist/server. */
export function siteAdapter(): Adapter {
  return {
    name: "sipwhy-site",
    async adapt(builder) {
      await staticAdapter({ pages: site, strict: false }).adapt(builder);
      builder.rimraf(server);
      builder.writeServer(server);
      builder.generateServerInstance(`${server}/site.js`, { routes: builder.routes, serverDirectory: server });
    },
  };
}
