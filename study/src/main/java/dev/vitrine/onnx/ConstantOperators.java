package dev.vitrine.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Operators that hand on what they read, and those whose outputs no example changes. */
final class ConstantOperators {
  private ConstantOperators() {}

  static void register(Map<String, Operator> operators) {
    operators.put("Identity", s -> Site.one(own(s.in(0))));
    operators.put("Dropout", ConstantOperators::dropout);
    operators.put("Cast", ConstantOperators::cast);
    operators.put("Constant", ConstantOperators::constant);
    operators.put("ConstantOfShape", ConstantOperators::constantOfShape);
    operators.put("Shape", ConstantOperators::shape);
    operators.put(
        "Size", s -> Site.one(Known.of(new long[0], true, ShapeOperators.count(s.in(0)))));
    operators.put("Floor", s -> Site.one(rounded(s)));
  }

  /** PyTorch writes equal numbers once, and each other parameter with them as their identity. */
  private static Datum own(Datum x) {
    return x instanceof Known known ? known.copied() : x;
  }

  private static Datum rounded(Site site) {
    return site.known(0).mapped(Math::floor);
  }

  private static List<Datum> dropout(Site site) {
    boolean training = site.has(2) && site.known(2).single() != 0;
    boolean drops = !site.has(1) || site.known(1).single() != 0;
    if (training && drops) {
      throw new Refusal("it drops at random even where nothing is learned");
    }
    return List.of(site.in(0), Known.of(site.in(0).dims(), true, 1));
  }

  private static List<Datum> cast(Site site) {
    int to = (int) site.integer("to", 1);
    boolean real = to == 1 || to == 10 || to == 11 || to == 16;
    return Site.one(
        switch (site.in(0)) {
          case Known known when real -> known.mapped(number -> number);
          case Known known when to == 9 -> known.mapped(number -> number == 0 ? 0 : 1);
          case Known known ->
              Known.of(
                  known.dims(),
                  true,
                  Arrays.stream(known.numbers()).map(number -> (long) number).toArray());
          case Flowing f when real -> f;
          case Flowing _ -> throw new Refusal("it makes whole numbers of what flows");
        });
  }

  private static List<Datum> constant(Site site) {
    if (site.says("value_int") || site.says("value_float")) {
      boolean whole = site.says("value_int");
      double number = whole ? site.integer("value_int", 0) : site.real("value_float", 0);
      return Site.one(Known.of(new long[0], whole, number));
    }
    if (site.says("value_ints")) {
      return Site.one(
          Known.list(site.integers("value_ints").stream().mapToLong(Long::longValue).toArray()));
    }
    if (site.says("value_floats")) {
      List<Float> reals = site.reals("value_floats");
      double[] numbers = reals.stream().mapToDouble(Float::doubleValue).toArray();
      return Site.one(Known.of(new long[] {numbers.length}, false, numbers));
    }
    return Site.one(site.tensor("value").orElseThrow(() -> new Refusal("its value is not read")));
  }

  private static List<Datum> constantOfShape(Site site) {
    long[] dims = site.known(0).longs();
    if (Arrays.stream(dims).anyMatch(size -> size < 0)) {
      throw new Refusal("its shape is " + Arrays.toString(dims));
    }
    Known value = site.tensor("value").orElse(Known.of(new long[0], false, 0));
    return Site.one(Known.of(dims, value.isWhole(), value.single()));
  }

  private static List<Datum> shape(Site site) {
    long[] dims = site.in(0).dims();
    int start = bound(site.integer("start", 0), dims.length);
    int end = bound(site.integer("end", dims.length), dims.length);
    return Site.one(Known.list(Arrays.copyOfRange(dims, Math.min(start, end), end)));
  }

  private static int bound(long given, int rank) {
    return Math.clamp(given < 0 ? given + rank : given, 0, rank);
  }
}
