/** The script of tus-js-client, which puts itself into the window. */

interface Window {
  tus: typeof import("tus-js-client");
}
