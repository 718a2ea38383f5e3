package dev.vitrine.lab.spec;

import dev.vitrine.error.UserException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** A study with the places of its parts, so that what is found wrong later is said with its own. */
public final class WrittenSpec {
  private final StudySpec spec;
  private final Fields fields;

  WrittenSpec(StudySpec spec, Fields fields) {
    this.spec = spec;
    this.fields = fields;
  }

  /** {@return what is asked} */
  public StudySpec spec() {
    return spec;
  }

  /**
   * {@return another study of the same file, such as one with more seeds}
   *
   * @param other what is asked in place of what stands there
   */
  public WrittenSpec with(StudySpec other) {
    return new WrittenSpec(other, fields);
  }

  /**
   * {@return the same complaint, said of where a key stands; as it is, if the file has no such key}
   *
   * @param key such as {@code baseline}
   * @param complaint about its value
   */
  public UserException atKey(String key, UserException complaint) {
    return fields.has(key) ? fields.place(key).refusal(complaint) : complaint;
  }

  /**
   * {@return the same complaint, said of where a setting has this value: among what is varied, in
   * an arm, or in the settings of all; as it is, if none of them has it}
   *
   * @param setting its name
   * @param value as the study keeps it
   * @param complaint about it
   */
  public UserException atSetting(String setting, String value, UserException complaint) {
    return Stream.of(varied(setting, value), ofArm(setting, value), ofAll(setting, value))
        .flatMap(Optional::stream)
        .findFirst()
        .map(place -> place.refusal(complaint))
        .orElse(complaint);
  }

  /**
   * {@return the same complaint, said of where a parameter of this name stands last}
   *
   * @param name of the parameter
   * @param complaint about it
   */
  public UserException atParameter(String name, UserException complaint) {
    return parameters(name)
        .reduce((_, last) -> last)
        .map(parameter -> parameter.place("name").refusal(complaint))
        .orElse(complaint);
  }

  private Stream<Fields> parameters(String name) {
    return fields.several("vary").stream()
        .map(item -> Fields.of("Each of \"vary\"", item))
        .filter(parameter -> parameter.text("name").filter(name::equals).isPresent());
  }

  private Optional<Place> varied(String setting, String value) {
    return parameters(setting)
        .flatMap(parameter -> {
          Stream<Place> single =
              parameter.several("values").stream()
                  .filter(item -> isWritten(item, value))
                  .map(Item::place);
          return Stream.concat(single, end(parameter, value).stream());
        })
        .findFirst();
  }

  /** Of a number of a range the end that it is, or the lower one. */
  private static Optional<Place> end(Fields parameter, String value) {
    OptionalDouble number = Values.number(value);
    Optional<Double> from = parameter.number("from");
    Optional<Double> to = parameter.number("to");
    if (number.isEmpty() || from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    double at = number.getAsDouble();
    boolean within = from.get() <= at && at <= to.get();
    return within ? Optional.of(parameter.place(at == to.get() ? "to" : "from")) : Optional.empty();
  }

  private Optional<Place> ofArm(String setting, String value) {
    return fields.item("arms").stream()
        .flatMap(arms -> Fields.of("\"arms\"", arms).mapping().fields().values().stream())
        .flatMap(arm -> named(arm.value(), setting, value).stream())
        .findFirst();
  }

  private Optional<Place> ofAll(String setting, String value) {
    return fields.item("settings").flatMap(settings -> named(settings, setting, value));
  }

  private static Optional<Place> named(Item settings, String setting, String value) {
    return Fields.of("the settings", settings)
        .item(setting)
        .filter(item -> isWritten(item, value))
        .map(Item::place);
  }

  private static boolean isWritten(Item item, String value) {
    return item instanceof Item.Scalar scalar && Values.canonical(scalar.text()).equals(value);
  }
}
