package dev.vitrine.tensor;

/** Where the numbers of a network's parameters lie: a plan reads them there. */
public sealed interface Numbers permits Parameters, Frozen {
  /** {@return the parameters' names and shapes} */
  Layout layout();

  /**
   * {@return the array with a parameter's numbers, which nobody may change}
   *
   * @param entry the parameter, of the layout
   */
  float[] array(Layout.Entry entry);

  /**
   * {@return where in its array a parameter starts}
   *
   * @param entry the parameter, of the layout
   */
  int offset(Layout.Entry entry);
}
