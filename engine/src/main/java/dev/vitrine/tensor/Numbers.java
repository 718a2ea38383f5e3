package dev.vitrine.tensor;

/** Where the numbers of a network's parameters lie: a plan reads them there. */
public sealed interface Numbers permits Parameters, Frozen {
  /** {@return the parameters' names and shapes} */
  Layout layout();

  /**
   * {@return where a parameter's numbers lie, row-major; nobody may change them}
   *
   * @param entry the parameter, of the layout
   */
  Frozen.Place place(Layout.Entry entry);
}
