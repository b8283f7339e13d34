/** Icons for the map, drawn white from the kept set when a style asks for one by its name. */

const SIZE_PX = 24;
const RATIO = Math.max(2, Math.ceil(globalThis.devicePixelRatio || 1));

/** Give the map an image for every icon name; an unknown name gives an empty image. */
export function offerIcons(map, iconsUrl) {
  map.setMissingStyleImageResolver(async (name) => {
    const image = await drawIcon(await findIcon(name, iconsUrl));
    if (!map.hasImage(name)) map.addImage(name, image, { pixelRatio: RATIO });
  });
}

/** The inside of the icon's <svg>: from the page's sprite, else from its file. */
async function findIcon(name, iconsUrl) {
  const symbol = document.getElementById(`icon-${name}`);
  if (symbol) return symbol.innerHTML;
  if (!/^[a-z0-9-]+$/.test(name)) return "";
  try {
    const response = await fetch(`${iconsUrl}${name}.svg`);
    if (!response.ok) return "";
    const parsed = new DOMParser().parseFromString(await response.text(), "image/svg+xml");
    return parsed.documentElement.innerHTML;
  } catch {
    return "";
  }
}

async function drawIcon(inside) {
  const side = SIZE_PX * RATIO;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const context = canvas.getContext("2d");
  if (inside) {
    const image = new Image(side, side);
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 24 24" fill="none" ` +
        `stroke="#fff" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round">${inside}</svg>`,
    )}`;
    await image.decode();
    context.drawImage(image, 0, 0, side, side);
  }
  return context.getImageData(0, 0, side, side);
}
