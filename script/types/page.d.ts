/** What modules of all pages hand to one another. */

type Theme = "light" | "dark";

/** Degrees. */
interface LonLat {
  lon: number;
  lat: number;
}

/** As MapLibre names them. */
interface Degrees {
  lng: number;
  lat: number;
}

/** West, south, east, north in degrees. */
type Bounds = [number, number, number, number];

/** Finds an element that the page surely has; `need` of `finding.mjs`. */
type Part = <T extends HTMLElement = HTMLElement>(id: string, kind?: new () => T) => T;

type Say = (text: string, options?: { retry?: (() => void) | null; stays?: boolean }) => void;

type Child = Node | string | null | undefined;

interface Attributes {
  onclick?: (event: MouseEvent) => void;
  onpointerdown?: (event: PointerEvent) => void;
  onpointerenter?: (event: PointerEvent) => void;
  onfocus?: (event: FocusEvent) => void;
  onerror?: (event: Event) => void;
  [name: string]: string | number | boolean | null | undefined | ((event: never) => void);
}
