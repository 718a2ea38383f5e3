package dev.vitrine.transfer;

import dev.vitrine.error.UserException;
import dev.vitrine.transfer.Convention.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody says of how the numbers of a file lie; the rest is found out, or taken as usual and
 * {@linkplain Transfer#remarks remarked on}.
 *
 * @param said at most one of each kind
 * @param classes which class each of the file's outputs stands for, from 0; a class of the network
 *     that is not among them has the output 0. Empty: they are the network's, in its order
 */
public record Conventions(Set<Convention> said, List<Integer> classes) {
  /** Nothing is said. */
  public static final Conventions NONE = new Conventions(Set.of(), List.of());

  /**
   * What is said, with its own copies.
   *
   * @throws UserException if two conventions contradict each other, or a class is named twice or
   *     negative
   */
  public Conventions {
    Set<Convention> sorted = EnumSet.noneOf(Convention.class);
    sorted.addAll(said);
    said = Collections.unmodifiableSet(sorted);
    classes = List.copyOf(classes);
    Map<Kind, Convention> kinds = new EnumMap<>(Kind.class);
    for (Convention each : said) {
      Convention other = kinds.put(each.kind(), each);
      if (other != null) {
        throw new UserException(
            "A file has one of the layouts %s and %s: leave one out"
                .formatted(other.key(), each.key()));
      }
    }
    Set<Integer> seen = new HashSet<>();
    for (int each : classes) {
      if (each < 0 || !seen.add(each)) {
        throw new UserException(
            "The file's classes are whole numbers from 0, each once, but got %s"
                .formatted(each < 0 ? each : each + " twice"));
      }
    }
  }

  /**
   * {@return what some words say}
   *
   * @param keys such as {@code flip} and {@code hwc}, see {@link Convention#key}
   * @throws UserException if there is no such word, or two contradict each other
   */
  public static Conventions of(List<String> keys) {
    Set<Convention> said = EnumSet.noneOf(Convention.class);
    for (String key : keys) {
      said.add(
          Arrays.stream(Convention.values())
              .filter(convention -> convention.key().equals(key))
              .findFirst()
              .orElseThrow(() -> UserException.unknown("layout", key, keys())));
    }
    return new Conventions(said, List.of());
  }

  private static List<String> keys() {
    return Arrays.stream(Convention.values()).map(Convention::key).toList();
  }

  /**
   * {@return the same with the classes of the file's outputs}
   *
   * @param ofOutputs which class each stands for; MATLAB's digits are 1 to 9 and 0
   * @throws UserException if one is named twice or negative
   */
  public Conventions classes(List<Integer> ofOutputs) {
    return new Conventions(said, ofOutputs);
  }

  /**
   * {@return what may be said: this, and this with others of each kind of which none is said}
   *
   * @param others what may be added
   */
  public List<Conventions> with(Set<Convention> others) {
    List<Conventions> all = new ArrayList<>(List.of(this));
    for (Kind kind : Kind.values()) {
      if (of(kind).isEmpty()) {
        for (Conventions some : List.copyOf(all)) {
          others.stream()
              .filter(other -> other.kind() == kind)
              .sorted()
              .forEach(other -> all.add(some.and(other)));
        }
      }
    }
    return all;
  }

  private Conventions and(Convention more) {
    Set<Convention> both = EnumSet.of(more);
    both.addAll(said);
    return new Conventions(both, classes);
  }

  boolean has(Convention convention) {
    return said.contains(convention);
  }

  Optional<Convention> of(Kind kind) {
    return said.stream().filter(convention -> convention.kind() == kind).findFirst();
  }
}
