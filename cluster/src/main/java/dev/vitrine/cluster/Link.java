package dev.vitrine.cluster;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.train.ShardStep;
import dev.vitrine.train.ShardSum;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The driver's side of a member. */
final class Link {
  /** A member that does not even beat for so long is taken for lost. */
  static final int PATIENCE_MILLIS = 60_000;

  private final Wire wire;
  private final int number;
  private final Layout layout;
  private final List<Parameters> room = new ArrayList<>();
  private final List<ShardSum> sums = new ArrayList<>();
  private long nanos;

  Link(Wire wire, int number, Layout layout) {
    this.wire = wire;
    this.number = number;
    this.layout = layout;
  }

  /** Waits until the member has its data and its plan. */
  void awaitReady() throws IOException {
    wire.patience(PATIENCE_MILLIS);
    if (next() != Message.READY) {
      throw new IOException("Member %s answers before it is asked".formatted(number));
    }
  }

  /** Gives it a step, and reads its answer; its outputs go where its examples lie. */
  void step(ShardStep step, float[] outputs, int outputFrom, int outputCount) throws IOException {
    DataOutputStream out = wire.out();
    out.writeByte(Message.STEP);
    out.writeLong(step.number());
    out.writeDouble(step.rate());
    float[] numbers = step.numbers().values();
    wire.write(numbers, 0, numbers.length);
    out.flush();
    if (next() != Message.SUMS) {
      throw new IOException("Member %s has no sums".formatted(number));
    }
    DataInputStream in = wire.in();
    nanos = in.readLong();
    int count = in.readInt();
    sums.clear();
    for (int s = 0; s < count; s++) {
      if (room.size() == s) {
        room.add(Parameters.zeros(layout));
      }
      Parameters values = room.get(s);
      int level = in.readInt();
      int index = in.readInt();
      double loss = in.readDouble();
      wire.read(values.values(), 0, values.values().length);
      sums.add(new ShardSum(level, index, loss, values));
    }
    wire.read(outputs, outputFrom, outputCount);
  }

  /** The next message that is no beat. */
  private int next() throws IOException {
    DataInputStream in = wire.in();
    int message = in.readByte();
    while (message == Message.BEAT) {
      message = in.readByte();
    }
    if (message == Message.FAILED) {
      boolean mendable = in.readBoolean();
      String sentence = in.readUTF();
      throw mendable
          ? new UserException("On executor %s: %s".formatted(number, sentence))
          : new IllegalStateException("Member %s failed: %s".formatted(number, sentence));
    }
    return message;
  }

  /** Its nodes of the newest step, from left to right. */
  List<ShardSum> sums() {
    return sums;
  }

  /** How long it computed in the newest step. */
  long nanos() {
    return nanos;
  }

  long bytes() {
    return wire.sent() + wire.received();
  }

  void end() throws IOException {
    wire.out().writeByte(Message.END);
    wire.out().flush();
  }

  void close() throws IOException {
    wire.close();
  }
}
