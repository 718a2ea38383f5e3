package dev.vitrine.trace.network;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.trace.layer.Places;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One number of a network, as it is typed.
 *
 * @param parameter the parameter's name, such as {@code conv1.weight}
 * @param index its place along each axis
 */
public record WeightName(String parameter, List<Integer> index) {
  private static final Pattern FORM = Pattern.compile("(.+)\\[(\\d{1,9}(?:\\s*,\\s*\\d{1,9})*)]");

  /** Copies the list. */
  public WeightName {
    index = List.copyOf(index);
  }

  /**
   * Reads a weight's name.
   *
   * @param text such as {@code conv1.weight[2,0,1,1]}
   * @return what it says
   * @throws UserException if it is no name with an index
   */
  public static WeightName of(String text) {
    Matcher found = FORM.matcher(text.strip());
    if (!found.matches()) {
      throw UserException.expecting(
          "A weight", "its name and index, such as conv1.weight[2,0,1,1]", Quote.of(text));
    }
    List<Integer> index =
        Arrays.stream(found.group(2).split(",", -1))
            .map(String::strip)
            .map(Integer::valueOf)
            .toList();
    return new WeightName(found.group(1).strip(), index);
  }

  /** The parameter among those of a network. */
  ParameterSpec among(List<ParameterSpec> specs) {
    return specs.stream()
        .filter(spec -> spec.name().equals(parameter))
        .findFirst()
        .orElseThrow(() ->
            UserException.unknown(
                "parameter", parameter, specs.stream().map(ParameterSpec::name).toList()));
  }

  /** The count of the element. */
  int in(ParameterSpec spec) {
    try {
      return Places.flat(index, spec.shape());
    } catch (UserException e) {
      throw e.of(parameter);
    }
  }
}
