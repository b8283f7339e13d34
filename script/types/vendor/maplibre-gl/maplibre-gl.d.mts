// Served beside our modules from the package of the same name.
export * from "maplibre-gl";
