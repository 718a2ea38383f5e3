package dev.vitrine.cluster;

import dev.vitrine.error.UserException;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.RunConfig;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.train.Batch;
import dev.vitrine.train.DatasetBatches;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.ShardStep;
import dev.vitrine.train.ShardSum;
import dev.vitrine.train.ShardTree;
import dev.vitrine.train.ShardWork;
import dev.vitrine.train.Shards;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A member's work: it is given a step's number and the numbers that it begins with, makes its part
 * of that step's batch from the data and the recipe, and answers with sums of its shards. It ends
 * when the driver says so, or is gone.
 */
final class Member {
  static final int CONNECT_MILLIS = 20_000;
  private static final int BEAT_SECONDS = 5;

  private final Assignment assignment;
  private final int number;
  private final int threads;

  Member(Assignment assignment, int number, int threads) {
    this.assignment = assignment;
    this.number = number;
    this.threads = threads;
  }

  void run() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(assignment.host(), assignment.port()), CONNECT_MILLIS);
      try (Wire wire = new Wire(socket);
          ScheduledExecutorService heart =
              Executors.newSingleThreadScheduledExecutor(
                  Thread.ofPlatform().daemon().name("vitrine-beat").factory())) {
        introduce(wire);
        ScheduledFuture<?> beats =
            heart.scheduleAtFixedRate(
                () -> beat(wire), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
        try {
          work(wire);
        } finally {
          beats.cancel(true);
        }
      }
    } catch (EOFException | SocketException e) {
      // The driver is gone, or has begun anew without this one: there is nobody to work for.
      return;
    } catch (IOException e) {
      throw new IllegalStateException("A member lost its driver", e);
    }
  }

  private void introduce(Wire wire) throws IOException {
    synchronized (wire) {
      DataOutputStream out = wire.out();
      out.writeInt(Message.VERSION);
      out.writeUTF(assignment.token());
      out.writeInt(number);
      out.writeInt(threads);
      out.writeUTF(KernelChoice.best().reason());
      out.flush();
    }
  }

  private static void beat(Wire wire) {
    try {
      synchronized (wire) {
        wire.out().writeByte(Message.BEAT);
        wire.out().flush();
      }
    } catch (IOException e) {
      // The reader of this socket hears of it, too.
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What goes wrong here is told before Spark hears of it, whose first word may be a neighbour's.
   */
  private void work(Wire wire) throws IOException {
    try (Compute compute = Compute.of(threads)) {
      serve(wire, compute);
    } catch (UserException e) {
      tell(wire, true, e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      tell(wire, false, e.toString());
      throw e;
    }
  }

  private static void tell(Wire wire, boolean mendable, String sentence) throws IOException {
    synchronized (wire) {
      wire.out().writeByte(Message.FAILED);
      wire.out().writeBoolean(mendable);
      wire.out().writeUTF(sentence.length() > 4000 ? sentence.substring(0, 4000) : sentence);
      wire.out().flush();
    }
  }

  private void serve(Wire wire, Compute compute) throws IOException {
    RunConfig config = MemberData.config(assignment.config());
    Recipe recipe = config.recipe();
    NetworkSpec spec = config.network().spec();
    Model model = Model.of(spec.layers(), spec.input());
    DatasetBatches batches = DatasetBatches.of(MemberData.of(assignment, compute), recipe, model);
    ShardWork work = ShardWork.of(model, recipe, compute);
    Parameters numbers = work.numbers();
    ShardTree tree = new ShardTree(numbers.layout(), compute.workers());
    float[] output = new float[model.output().elements()];
    synchronized (wire) {
      wire.out().writeByte(Message.READY);
      wire.out().flush();
    }
    while (wire.in().readByte() == Message.STEP) {
      long step = wire.in().readLong();
      double rate = wire.in().readDouble();
      wire.read(numbers.values(), 0, numbers.values().length);
      Batch batch = batches.at(step);
      Shards cut = recipe.cut();
      int shards = cut.of(batch.size());
      int from = Assignment.from(number, assignment.members(), shards);
      int to = Assignment.from(number + 1, assignment.members(), shards);
      tree.begin(shards);
      long start = System.nanoTime();
      work.compute(new ShardStep(batch, step, rate, numbers), from, to, tree);
      long nanos = System.nanoTime() - start;
      synchronized (wire) {
        answer(wire, tree.sums(), nanos);
        for (int i = cut.from(from, batch.size()); i < cut.from(to, batch.size()); i++) {
          work.output(i, output);
          wire.write(output, 0, output.length);
        }
        wire.out().flush();
      }
    }
  }

  private static void answer(Wire wire, List<ShardSum> sums, long nanos) throws IOException {
    DataOutputStream out = wire.out();
    out.writeByte(Message.SUMS);
    out.writeLong(nanos);
    out.writeInt(sums.size());
    for (ShardSum sum : sums) {
      out.writeInt(sum.level());
      out.writeInt(sum.index());
      out.writeDouble(sum.loss());
      float[] values = sum.values().values();
      wire.write(values, 0, values.length);
    }
  }
}
