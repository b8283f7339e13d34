/** Photos that are larger than the portal takes, of 64 to 200 megapixels, are made smaller before they go. */

const HEAD_BYTES = 512 * 1024;
const PIXELS_MAX = 48e6;
const PIXELS_AFTER = 24e6;
const QUALITY = 0.9;
const DRAWN = /^image\/(jpeg|png|webp)$/;

/**
 * Width and height that the head of a JPEG (its frame header) or PNG gives, or `null`.
 *
 * @param {DataView} view
 */
export function readSize(view) {
  try {
    if (view.getUint32(0) === 0x89504e47) return [view.getUint32(16), view.getUint32(20)];
    if (view.getUint16(0) !== 0xffd8) return null;
    for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
      const marker = view.getUint16(at);
      if (marker < 0xffc0) return null;
      // SOF0 to SOF15 without the tables DHT, JPG and DAC.
      const isFrame = marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
      if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    }
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * The file, or a smaller JPEG of it, upright; where the browser cannot, the file goes as it is.
 *
 * @param {File} file
 * @param {number} bytesMax
 * @returns {Promise<File>}
 */
export async function shrinkPhoto(file, bytesMax) {
  if (!DRAWN.test(file.type)) return file;
  const size = readSize(new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer()));
  const pixels = size ? size[0] * size[1] : 0;
  if (pixels <= PIXELS_MAX && file.size <= bytesMax) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, Math.sqrt(PIXELS_AFTER / (picture.width * picture.height)));
    const canvas = new OffscreenCanvas(
      Math.round(picture.width * scale),
      Math.round(picture.height * scale),
    );
    const context = canvas.getContext("2d");
    if (!context) return file;
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
    return new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
  } catch {
    return file;
  }
}
