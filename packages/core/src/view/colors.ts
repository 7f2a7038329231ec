/** Colours of the drawn views by theme. AA contrast on the ground and on the band behind evidence. */
export const colors: Readonly<Record<string, Readonly<Record<"light" | "dark", string>>>> = {
  ground: { light: "#ffffff", dark: "#14171c" },
  text: { light: "#1c2128", dark: "#e4e8ee" },
  quiet: { light: "#5a6472", dark: "#98a2b0" },
  line: { light: "#c9d0d9", dark: "#3d4551" },
  band: { light: "#f3f0e6", dark: "#2a2618" },
  "1xx": { light: "#5a6472", dark: "#98a2b0" },
  "2xx": { light: "#157033", dark: "#57c274" },
  "3xx": { light: "#0a5cc2", dark: "#6cb0ff" },
  "4xx": { light: "#8f5400", dark: "#dca63c" },
  "5xx": { light: "#c22a2a", dark: "#ff8078" },
  "6xx": { light: "#7a3fd1", dark: "#bb9bff" },
};
