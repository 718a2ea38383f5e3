package dev.vitrine.weights.stored;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * What stands in a file of weights: tensors, and the dictionaries, lists and remarks around them.
 */
public sealed interface Stored {
  /**
   * Named things: a dictionary, a structure, an object's fields; a list's names are its places,
   * from {@code "0"} on.
   *
   * @param members the things by name, in the file's order
   */
  record Group(SequencedMap<String, Stored> members) implements Stored {
    /** The group, with its own copy of the map. */
    public Group {
      members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    }

    /**
     * {@return a group of things by name}
     *
     * @param members the things; the order is kept
     */
    public static Group of(Map<String, ? extends Stored> members) {
      return new Group(new LinkedHashMap<>(members));
    }
  }

  /**
   * A tensor's numbers.
   *
   * @param tensor where they lie and how
   */
  record Numbers(StoredTensor tensor) implements Stored {
    /** The numbers. */
    public Numbers {
      Objects.requireNonNull(tensor, "tensor");
    }
  }

  /**
   * A text, or a single number that is no tensor, such as an epoch.
   *
   * @param text as a person would write it
   */
  record Note(String text) implements Stored {
    /** The note. */
    public Note {
      Objects.requireNonNull(text, "text");
    }
  }

  /**
   * Something that is not read: an object of an unknown class, say. Nothing of it was looked up or
   * executed.
   *
   * @param what what it is, such as {@code pathlib.PosixPath}
   * @param why why it is not read, in mid-sentence
   */
  record Unread(String what, String why) implements Stored {
    /** The thing. */
    public Unread {
      Objects.requireNonNull(what, "what");
      Objects.requireNonNull(why, "why");
    }
  }
}
