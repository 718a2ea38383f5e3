package dev.vitrine.data;

/** Examples of one kind, not yet read. */
interface Heap {
  /** What is known of them, as if all were to learn from. */
  DataOutline outline();

  /** Reads them. */
  Dataset load();
}
