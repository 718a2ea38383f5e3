package dev.vitrine.pages;

/** What can be wrong with a photograph of digits; each at a strength from 0, not at all, to 1. */
public enum Fault {
  /** Brighter on one side, darker in the corners. */
  UNEVEN_LIGHT("uneven light"),
  /** The photographer's shadow, with an edge across the page. */
  SHADOW("shadow with an edge"),
  /** Paper that was folded or crumpled. */
  FOLDS("folds"),
  /** Rules that go through the digits. */
  RULED("ruled paper"),
  /** A grid under the digits. */
  SQUARED("squared paper"),
  /** Red, green, blue, orange. */
  COLOUR("coloured pens"),
  /** Pencil, or a pen that runs dry. */
  FAINT("faint, dry ink"),
  /** The whole page turned. */
  ROTATED("rotated page"),
  /** Lines that rise and fall. */
  SLANTED("slanted lines"),
  /** Taken from the side. */
  PERSPECTIVE("perspective"),
  /** A sensor in the dark. */
  NOISE("noise"),
  /** Blocks of a codec. */
  JPEG("JPEG blocks"),
  /** Out of focus. */
  BLUR("blur"),
  /** A dark desk around the page. */
  DESK("dark desk"),
  /** A hard pencil's line. */
  THIN("thin pen"),
  /** A marker. */
  THICK("thick pen"),
  /** Strokes cut by one to three pixels. */
  BROKEN("broken strokes"),
  /** Pairs that run into each other. */
  TOUCHING("touching pairs"),
  /** Hardly a gap between digits. */
  CLOSE("close digits"),
  /** A blackboard. */
  LIGHT_ON_DARK("light on dark"),
  /** Dots, specks, stains. */
  DIRT("dirt and dots"),
  /** Crossed 7s, 1s with a long flag, open 6s and 0s. */
  STYLES("other styles"),
  /** Large and small digits in a line. */
  SIZES("uneven sizes"),
  /** A picture of few pixels. */
  SMALL("few pixels"),
  /** Letters and signs beside the digits. */
  LETTERS("letters beside"),
  /** Cells that somebody drew by hand, a digit in each. */
  TABLE("a drawn table"),
  /** Lines, or ends of lines, in pencil, the others by pen. */
  PENCIL("pencil beside pen"),
  /** Few digits as large as the page. */
  LARGE("digits fill the page"),
  /** A page held or lying askew in a room, and fingers on it. */
  ROOM("fingers and a room"),
  /** Taken with the camera on its side, and nothing in the file says so. */
  SIDEWAYS("page on its side"),
  /** Taken from the other side of the table. */
  UPSIDE_DOWN("page upside down");

  private final String label;

  Fault(String label) {
    this.label = label;
  }

  /** {@return what a table calls it} */
  public String label() {
    return label;
  }
}
