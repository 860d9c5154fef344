/**
 * The stage of a wall: 800 by 450, scaled to whatever hangs there. Its smallest letters are 12 high, which is 28.8 pixels on a screen of 1920 by
 * 1080 and twice that on one of 3840 by 2160: on both the same share of the picture.
 */
export const STAGE = { width: 800, height: 450 }
export const WALL_GAP = 8
/** Inside the edge, below the head, above the foot; the style sheet says the same. */
export const STAGE_WIDTH = 772
export const WALL_BODY_HEIGHT = 382
