package dev.vitrine.weights;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.TensorStatistics;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands in a file of weights, or in a part of it, with what its numbers look like.
 *
 * @param tensors the tensors, in the file's order
 * @param notes the texts and single numbers, each a {@link Stored.Note}
 * @param unread what is not read, each a {@link Stored.Unread}
 */
public record WeightsListing(
    List<Row> tensors, List<Weights.Found> notes, List<Weights.Found> unread) {
  /** The listing, with its own copies. */
  public WeightsListing {
    tensors = List.copyOf(tensors);
    notes = List.copyOf(notes);
    unread = List.copyOf(unread);
  }

  /**
   * A tensor.
   *
   * @param place where it stands
   * @param dtype the type of its numbers
   * @param dims its sizes
   * @param numbers what they look like
   */
  public record Row(String place, DType dtype, List<Long> dims, TensorStatistics numbers) {}

  /**
   * {@return the listing; reads all numbers once}
   *
   * @param weights a file
   * @param under the place of what is listed, such as {@code state_dict}; empty for all
   * @throws UserException if nothing stands there
   */
  public static WeightsListing of(Weights weights, Optional<String> under) {
    var tensors = new ArrayList<Row>();
    var notes = new ArrayList<Weights.Found>();
    var unread = new ArrayList<Weights.Found>();
    for (Weights.Found found : at(weights, under)) {
      switch (found.what()) {
        case Stored.Numbers n ->
            tensors.add(
                new Row(
                    found.place(),
                    n.tensor().dtype(),
                    n.tensor().dims(),
                    TensorStatistics.of(n.tensor())));
        case Stored.Note _ -> notes.add(found);
        case Stored.Unread _ -> unread.add(found);
        case Stored.Group _ -> throw new IllegalStateException("groups are not found");
      }
    }
    return new WeightsListing(tensors, notes, unread);
  }

  /**
   * {@return what stands in a file, or in a part of it, but groups; their numbers are not read}
   *
   * @param weights a file
   * @param under the place of what is wanted; empty for all
   * @throws UserException if nothing stands there
   */
  public static List<Weights.Found> at(Weights weights, Optional<String> under) {
    List<Weights.Found> all = weights.all();
    if (under.isEmpty()) {
      return all;
    }
    List<Weights.Found> there =
        all.stream().filter(found -> isUnder(found.place(), under.get())).toList();
    if (there.isEmpty()) {
      throw nothing(weights, under.get());
    }
    return there;
  }

  /** Whether a place is another, or lies in it. */
  static boolean isUnder(String place, String group) {
    return place.equals(group) || place.startsWith(group + ".");
  }

  /** The error for a place where nothing stands. */
  static UserException nothing(Weights weights, String place) {
    return UserException.unknown("place", place, places(weights))
        .of(Quote.place(weights.file().toString()));
  }

  /** All groups, or where there are none all things. */
  private static Set<String> places(Weights weights) {
    var groups = new LinkedHashSet<String>();
    var things = new LinkedHashSet<String>();
    collect("", weights.root(), groups, things);
    return groups.isEmpty() ? things : groups;
  }

  private static void collect(
      String place, Stored.Group group, Set<String> groups, Set<String> things) {
    group
        .members()
        .forEach((name, what) -> {
          String at = place.isEmpty() ? name : place + "." + name;
          if (what instanceof Stored.Group inner) {
            groups.add(at);
            collect(at, inner, groups, things);
          } else {
            things.add(at);
          }
        });
  }
}
