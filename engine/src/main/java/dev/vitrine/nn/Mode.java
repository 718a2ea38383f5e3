package dev.vitrine.nn;

/** What a graph is built for: some layers, such as dropout, differ. */
public enum Mode {
  /** With random ops. */
  TRAINING,
  /** Without. */
  INFERENCE
}
