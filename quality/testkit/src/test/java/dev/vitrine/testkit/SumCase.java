package dev.vitrine.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sum over the batch, which is the output of a graph.
 *
 * @param right the same in plain Java, in the order that the documentation says
 * @param wrong the same in other orders, by name
 */
record SumCase(
    GraphCase of, List<Oracle.Size> sizes, Calculation right, Map<String, Calculation> wrong) {
  /** Of all elements of the output. */
  interface Calculation {
    float[] of(Given given);
  }

  /** Of one element of the output. */
  interface Element {
    float of(Given given, int k);
  }

  /** The numbers of the leaves of a graph, which are numbered in their order. */
  record Given(Numbers numbers, int examples) {
    /** An input's element. */
    float x(int leaf, int n, int element) {
      return (float) numbers.inputs().get("x" + leaf)[n][element];
    }

    /** An input's elements. */
    float[] x(int leaf, int n) {
      float[] x = new float[numbers.inputs().get("x" + leaf)[n].length];
      for (int element = 0; element < x.length; element++) {
        x[element] = x(leaf, n, element);
      }
      return x;
    }

    /** A shared number. */
    float p(int leaf, int element) {
      return (float) numbers.parameters().get("p" + leaf)[element];
    }
  }

  /** A sum whose elements are calculated one by one. */
  static SumCase of(
      String name, List<Oracle.Size> sizes, GraphCase.Body body, int elements, Element right) {
    return of(name, sizes, body, each(elements, right));
  }

  /** A sum whose elements are calculated together. */
  static SumCase of(String name, List<Oracle.Size> sizes, GraphCase.Body body, Calculation right) {
    return new SumCase(GraphCase.forward(name, body), sizes, right, new LinkedHashMap<>());
  }

  /** With a calculation in another order, of as many elements as the right one has. */
  SumCase wrong(String order, Element element) {
    return wrong(order, given -> each(right.of(given).length, element).of(given));
  }

  /** With a calculation in another order. */
  SumCase wrong(String order, Calculation calculation) {
    wrong.put(order, calculation);
    return this;
  }

  private static Calculation each(int elements, Element element) {
    return given -> {
      float[] sums = new float[elements];
      for (int k = 0; k < elements; k++) {
        sums[k] = element.of(given, k);
      }
      return sums;
    };
  }

  @Override
  public String toString() {
    return of.name();
  }
}
