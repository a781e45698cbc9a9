// The camera and what belongs to it, in one piece for those who need it.

export { Camera } from "./camera.js"
export { readExif } from "./exif.js"
export { Photos } from "./photo.js"
export { Whereabouts } from "./place.js"
export { Placing } from "./placing.js"
