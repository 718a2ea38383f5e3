package dev.vitrine.lab.store;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is known of a run besides its settings. */
public enum Field {
  /** What it goes by: its folder's name, of a trial after its study's and a slash. */
  ID(Kind.TEXT, "run"),
  /** What somebody called it. */
  NAME(Kind.TEXT, "name"),
  /** The study that it is a trial of. */
  STUDY(Kind.TEXT, "study"),
  /** How it stands: a {@link RunState}'s word. */
  STATE(Kind.TEXT, "state"),
  /** The network's name. */
  MODEL(Kind.TEXT, "model"),
  /** The name of its data. */
  DATA(Kind.TEXT, "data"),
  /** The seed of all random numbers. */
  SEED(Kind.WHOLE, "seed"),
  /** Epochs that it is to have. */
  EPOCHS(Kind.WHOLE, "epochs"),
  /** Epochs that it has had. */
  EPOCHS_DONE(Kind.WHOLE, "done"),
  /** Steps that it has done. */
  STEP(Kind.WHOLE, "step"),
  /** Steps that it is to do. */
  TOTAL_STEPS(Kind.WHOLE, "of steps"),
  /** The newest epoch's mean loss while training. */
  TRAIN_LOSS(Kind.NUMBER, "train loss"),
  /** The newest epoch's accuracy while training. */
  TRAIN_ACCURACY(Kind.SHARE, "train acc"),
  /** The loss on the validation data after the newest epoch. */
  VALIDATION_LOSS(Kind.NUMBER, "valid loss"),
  /** The accuracy on the validation data after the newest epoch. */
  VALIDATION_ACCURACY(Kind.SHARE, "valid acc"),
  /** The best such accuracy of all epochs. */
  BEST_VALIDATION_ACCURACY(Kind.SHARE, "best valid"),
  /** The first epoch that had it. */
  BEST_EPOCH(Kind.WHOLE, "at epoch"),
  /** The loss on the test data. */
  TEST_LOSS(Kind.NUMBER, "test loss"),
  /** The accuracy on the test data. */
  TEST_ACCURACY(Kind.SHARE, "test acc"),
  /** How many test examples there were. */
  TEST_EXAMPLES(Kind.WHOLE, "test images"),
  /** The SHA-256 of its parameters. */
  HASH(Kind.TEXT, "hash"),
  /** Training throughput. */
  IMAGES_PER_SECOND(Kind.NUMBER, "images/s"),
  /** How long its epochs took together. */
  SECONDS(Kind.NUMBER, "seconds"),
  /** When its configuration was written, as ISO 8601 has it, in UTC. */
  STARTED(Kind.TEXT, "started"),
  /** When its newest numbers were written. */
  UPDATED(Kind.TEXT, "updated"),
  /** What somebody filed it under, in alphabetical order. */
  TAGS(Kind.TEXT, "tags"),
  /** What somebody wrote beside it. */
  NOTE(Kind.TEXT, "note"),
  /** Why it diverged, or what is damaged. */
  REASON(Kind.TEXT, "reason"),
  /** The command line that began it. */
  COMMAND(Kind.TEXT, "command"),
  /** Its folder. */
  PATH(Kind.TEXT, "folder");

  /** What the values of a field are. */
  public enum Kind {
    /** A {@link String}. */
    TEXT,
    /** A {@link Long}. */
    WHOLE,
    /** A {@link Double}. */
    NUMBER,
    /** A {@link Double} in [0, 1], shown in per cent. */
    SHARE
  }

  private final Kind kind;
  private final String heading;

  Field(Kind kind, String heading) {
    this.kind = kind;
    this.heading = heading;
  }

  /** {@return what its values are} */
  public Kind kind() {
    return kind;
  }

  /** {@return its name above a column} */
  public String heading() {
    return heading;
  }

  /** {@return its name for scripts, such as {@code test_accuracy}} */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return the keys of all fields} */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Field::key).toList();
  }
}
