package dev.vitrine.transfer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a tensor's name says: its layer, and what it is to the layer. Understood are the ends of
 * PyTorch's, Keras', TensorFlow's, Lasagne's and MATLAB's names ({@code conv1.weight}, {@code
 * conv2d_1/kernel:0}, {@code conv1_w}, {@code W_conv1}, {@code Theta1}); Caffe's are found by
 * {@link Labels}.
 *
 * @param layer the layer's name in the file
 * @param role what the tensor is to it, by Vitrine's name
 */
record Label(String layer, String role) {
  static final String WEIGHT = "weight";
  static final String BIAS = "bias";
  static final String MEAN = "running_mean";
  static final String VARIANCE = "running_var";

  /** What Caffe divides running sums by. */
  static final String FACTOR = "factor";

  /** Lasagne's 1 / √(variance + ε). */
  static final String INVERSE = "inverse deviation";

  /** PyTorch's weight normalisation: how long each filter is, and beside it where it points. */
  static final String LENGTH = "length";

  /** What goes into another tensor, or is another once something is done to it. */
  static final Set<String> FOLDED = Set.of(FACTOR, INVERSE, LENGTH);

  private static final Map<String, List<String>> WORDS =
      Map.of(
          WEIGHT,
          List.of(
              "weight",
              "weights",
              "weight_v",
              "kernel",
              "depthwise_kernel",
              "filters",
              "gamma",
              "scale",
              "w",
              "alpha",
              "theta"),
          BIAS,
          List.of("bias", "biases", "beta", "offset", "b"),
          MEAN,
          List.of("running_mean", "moving_mean", "mean"),
          VARIANCE,
          List.of(
              "running_var",
              "running_variance",
              "moving_variance",
              "moving_var",
              "variance",
              "var"),
          FACTOR,
          List.of("scale_factor"),
          INVERSE,
          List.of("inv_std"),
          LENGTH,
          List.of("weight_g"));

  private static final Map<String, String> ROLES =
      WORDS.entrySet().stream()
          .flatMap(entry -> entry.getValue().stream().map(word -> Map.entry(word, entry.getKey())))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final String ALL =
      ROLES.keySet().stream()
          .sorted((a, b) -> Integer.compare(b.length(), a.length()))
          .collect(Collectors.joining("|"));

  /** {@code conv1_w}, Caffe 2's {@code conv1_w_0}: the layer, then the role. */
  private static final Pattern BEHIND =
      Pattern.compile("(?<layer>.+?)_(?<role>" + ALL + ")(?:_0)?");

  /** {@code W_conv1}: the role, then the layer. */
  private static final Pattern BEFORE =
      Pattern.compile("(?<role>w|b|weights?|bias(?:es)?)_(?<layer>.+)");

  /** {@code W1}, {@code theta_2}: the role and a number. */
  private static final Pattern NUMBERED = Pattern.compile("(?<role>" + ALL + ")_?(?<layer>\\d+)");

  /** {@code conv1.parametrizations.weight.original1}: newer PyTorch's {@code conv1.weight_v}. */
  private static final Pattern PARAMETRISED =
      Pattern.compile("(?<layer>.+)\\.parametrizations\\.weight\\.original(?<part>[01])");

  /** {@code conv1/conv1}, as Keras has it in HDF5: once will do. */
  private static final Pattern TWICE = Pattern.compile("(|.*[./])([^./]+)[./]\\2");

  /** The label. */
  Label {
    Matcher twice = TWICE.matcher(layer);
    layer = twice.matches() ? twice.group(1) + twice.group(2) : layer;
  }

  /** What a name says, if anything. */
  static Optional<Label> of(String name) {
    String bare = bare(name);
    Matcher parametrised = PARAMETRISED.matcher(bare);
    if (parametrised.matches()) {
      boolean length = parametrised.group("part").equals("0");
      return Optional.of(new Label(parametrised.group("layer"), length ? LENGTH : WEIGHT));
    }
    int at = Names.end(bare);
    String last = bare.substring(at + 1);
    String lower = last.toLowerCase(Locale.ROOT);
    if (ROLES.containsKey(lower)) {
      return Optional.of(new Label(Names.stem(bare), ROLES.get(lower)));
    }
    return Stream.of(NUMBERED, BEHIND, BEFORE)
        .map(pattern -> pattern.matcher(lower))
        .filter(Matcher::matches)
        .findFirst()
        .map(m ->
            new Label(
                bare.substring(0, at + 1) + last.substring(m.start("layer"), m.end("layer")),
                ROLES.get(m.group("role"))));
  }

  /** The last part of a name, in small letters, without TensorFlow's {@code :0}. */
  static String end(String name) {
    String bare = bare(name);
    return bare.substring(Names.end(bare) + 1).toLowerCase(Locale.ROOT);
  }

  private static String bare(String name) {
    return name.endsWith(":0") ? name.substring(0, name.length() - 2) : name;
  }
}
