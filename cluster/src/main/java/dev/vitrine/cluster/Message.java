package dev.vitrine.cluster;

/** The first byte of what is sent. */
final class Message {
  /** How both sides know that they speak of the same. */
  static final int VERSION = 0x56_49_54_02;

  /** To a member: a step's number and learning rate, and the numbers that it begins with. */
  static final int STEP = 1;

  /** To a member: there are no more steps. */
  static final int END = 2;

  /** From a member: its nodes of the tree, and its examples' outputs. */
  static final int SUMS = 3;

  /** From a member: it is still at work. */
  static final int BEAT = 4;

  /** From a member: whether a person can mend it, and a sentence. */
  static final int FAILED = 5;

  /** From a member: its data are read and its plan is made. */
  static final int READY = 6;

  /** From a trial: how far it is. */
  static final int PROGRESS = 7;

  private Message() {}
}
