package dev.vitrine.tensor;

import dev.vitrine.error.Quote;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Named values in one flat array: a network's parameters, their gradients, or an optimiser's state.
 * Equal only to itself: this is storage. Any thread may read it while none writes; trainings take
 * turns by their {@link Writer}s.
 */
public final class Parameters implements Numbers {
  /** Numbers that are hashed at a time. */
  private static final int HASHED = 16 * 1024;

  private final Layout layout;
  private final float[] values;
  private final ReentrantLock writing = new ReentrantLock();

  /** How often a writer has changed the numbers; guarded by the lock. */
  private volatile long version;

  /**
   * Values in an array that is there.
   *
   * @param layout where each value lies
   * @param values the array; shared, not copied
   * @throws IllegalArgumentException if it has another length than {@code layout.size()}
   */
  public Parameters(Layout layout, float[] values) {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "A layout of %s numbers expects an array of that length, but got %s"
              .formatted(layout.size(), values.length));
    }
    this.layout = layout;
    this.values = values;
  }

  /**
   * {@return zeros in the given layout}
   *
   * @param layout where each value lies
   */
  public static Parameters zeros(Layout layout) {
    return new Parameters(layout, new float[layout.size()]);
  }

  /** {@return where each value lies} */
  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public Frozen.Place place(Layout.Entry entry) {
    Objects.requireNonNull(entry, "entry");
    return new Frozen.Place(values, entry.offset());
  }

  /** {@return the array itself, of {@code layout().size()} elements, gaps included} */
  public float[] values() {
    return values;
  }

  /**
   * {@return a copy of its own, with the numbers of this moment}
   *
   * @throws IllegalStateException if another thread changes them meanwhile
   */
  public Parameters copy() {
    long before = version;
    if (!writing.isHeldByCurrentThread() && writing.isLocked()) {
      throw trainedElsewhere();
    }
    Parameters copy = new Parameters(layout, values.clone());
    if (!writing.isHeldByCurrentThread() && (writing.isLocked() || version != before)) {
      throw trainedElsewhere();
    }
    return copy;
  }

  private static IllegalStateException trainedElsewhere() {
    return new IllegalStateException(
        "These parameters are being trained by another thread: wait for it, or train a copy of the model");
  }

  /**
   * {@return a copy of one value's elements, row-major}
   *
   * @param name the value's name in the layout
   */
  public float[] get(String name) {
    Layout.Entry entry = layout.entry(name);
    return Arrays.copyOfRange(values, entry.offset(), entry.offset() + entry.shape().elements());
  }

  /**
   * Overwrites one value's elements. A training that has begun refuses to go on from them.
   *
   * @param name the value's name in the layout
   * @param elements row-major, as many as its shape has
   * @throws IllegalArgumentException if their number is wrong
   * @throws IllegalStateException if another thread trains them now
   */
  public void set(String name, float[] elements) {
    Layout.Entry entry = layout.entry(name);
    if (elements.length != entry.shape().elements()) {
      throw new IllegalArgumentException(
          "%s expects %s elements for its shape %s, but got %s"
              .formatted(Quote.of(name), entry.shape().elements(), entry.shape(), elements.length));
    }
    change(() -> System.arraycopy(elements, 0, values, entry.offset(), elements.length));
  }

  /**
   * Changes the numbers by hand. A training that has begun refuses to go on from them.
   *
   * @param change writes into {@link #values}
   * @throws IllegalStateException if another thread trains them now
   */
  public void change(Runnable change) {
    Writer writer = writer();
    writer.begin();
    try {
      change.run();
    } finally {
      writer.end();
    }
  }

  /**
   * SHA-256 over the little-endian bits of all elements in order, gaps left out: two runs agree
   * exactly if and only if their hashes do.
   *
   * @return 64 hexadecimal digits
   */
  public String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = new byte[HASHED * Float.BYTES];
      FloatBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      for (Layout.Entry entry : layout.entries()) {
        int end = entry.offset() + entry.shape().elements();
        for (int from = entry.offset(); from < end; from += HASHED) {
          int count = Math.min(HASHED, end - from);
          floats.put(0, values, from, count);
          digest.update(bytes, 0, count * Float.BYTES);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** {@return a right to change the numbers step by step, from those of this moment on} */
  public Writer writer() {
    return new Writer();
  }

  /**
   * Keeps two trainings of the same numbers apart: each would go on from what the other wrote, and
   * both would come to wrong results without a word. Who changes the numbers does so between {@link
   * #begin} and {@link #end}; it may hold them for a whole training, within which its steps begin
   * and end again. {@link Parameters#set} and {@link Parameters#change} take a turn of their own;
   * {@link Parameters#values} does not ask.
   */
  public final class Writer {
    private long seen = version;

    private Writer() {}

    /**
     * Claims the numbers.
     *
     * @throws IllegalStateException if another thread writes them now, or another writer has since
     *     this one did
     */
    public void begin() {
      if (!writing.tryLock()) {
        throw trainedElsewhere();
      }
      if (seen != version) {
        writing.unlock();
        throw new IllegalStateException(
            "Another training, or somebody by hand, has changed these parameters since this one's last step: train a copy of the model, or restore a state");
      }
    }

    /** Ends what {@link #begin} began: the numbers are changed, and others may have their turn. */
    public void end() {
      if (!writing.isHeldByCurrentThread()) {
        throw new IllegalStateException("There is nothing to end: begin first, on this thread");
      }
      seen = version + 1;
      version = seen;
      writing.unlock();
    }
  }
}
