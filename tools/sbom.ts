import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A part of what ships, as CycloneDX 1.5 has it. */
interface Component {
  readonly "bom-ref": string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly { readonly license: { readonly id: string } }[];
}

interface Dependency {
  readonly ref: string;
  readonly dependsOn: readonly string[];
}

export interface Sbom {
  readonly bomFormat: "CycloneDX";
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly Dependency[];
}

const COMMAND = "sipwhy";

/**
 * The software bill of materials of the command: itself and all that is installed with it. npm makes it from the lock file; put right here is that
 * npm names packages of a workspace after their folders, and puts the workspace, which is never published, at the root.
 */
export function sbom(): Sbom {
  const args = ["sbom", "--sbom-format=cyclonedx", "--sbom-type=application", "--omit=dev", "--package-lock-only"];
  const root = fileURLToPath(new URL("..", import.meta.url));
  const made: Sbom = JSON.parse(
    execFileSync("npm", [...args, `--workspace=${COMMAND}`], { cwd: root, encoding: "utf8" }),
  );
  const components = made.components.map((component) => ({ ...component, name: packageName(component) }));
  const command = components.find(({ name }) => name === COMMAND)!;
  const workspace = made.metadata.component["bom-ref"];
  return {
    ...made,
    metadata: { ...made.metadata, component: { ...command, type: "application" } },
    components: components.filter(({ name }) => name !== COMMAND),
    dependencies: made.dependencies.filter(({ ref }) => ref !== workspace),
  };
}

/** `@stricli/core` from `@stricli/core@1.3.0`. */
function packageName({ "bom-ref": reference }: Component): string {
  return reference.slice(0, reference.lastIndexOf("@"));
}

if (import.meta.main) console.log(JSON.stringify(sbom(), undefined, 2));
