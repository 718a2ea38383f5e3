package dev.vitrine.vision.find;

/** Steps of reading that can be left out, to see what each earns. */
public enum Step {
  /** What is around a sheet of paper is left out. */
  SHEET,
  /** Where doubts are left, ink is told from paper by a second threshold too. */
  THRESHOLD,
  /** Rules and borders are taken away. */
  RULES,
  /** Several pieces may be one digit. */
  JOINING,
  /** One piece may be several digits. */
  SPLITTING,
  /** Pages that lie on their side are turned. */
  TURNING,
  /** Lines that are aslant are levelled. */
  LEVELLING,
  /** What the model takes for no digit is left out. */
  REFUSING
}
