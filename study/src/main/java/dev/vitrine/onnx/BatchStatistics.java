package dev.vitrine.onnx;

import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.nn.RunningStatistics;
import dev.vitrine.op.BatchNorm;
import dev.vitrine.op.BatchReduce;
import dev.vitrine.op.BatchSpread;
import dev.vitrine.op.ChannelSum;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.Op;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import java.util.ArrayList;
import java.util.List;

/** A batch normalisation that a file wants as in training, over the examples of an example. */
final class BatchStatistics {
  private BatchStatistics() {}

  static List<Datum> translate(Site site, double eps, double momentum) {
    Ops ops = site.network();
    Flowing x = site.flowing(0).freed(ops);
    int channel = Math.min(1, x.rank() - 1);
    boolean[] axes = new boolean[x.rank()];
    boolean[] column = new boolean[x.rank() - channel];
    for (int a = 0; a < axes.length; a++) {
      axes[a] = a != channel;
    }
    for (int a = 1; a < column.length; a++) {
      column[a] = true;
    }
    Datum mean = Reductions.mean(ops, x, axes, true);
    Flowing centred = (Flowing) ArithmeticOperators.subtract(site, x, mean);
    Datum variance = Reductions.mean(ops, centred.with(ops.square(centred.value())), axes, true);
    Flowing shifted = (Flowing) variance;
    Datum deviation =
        shifted.with(ops.apply(new Elementary.Power(-0.5), ops.shift(shifted.value(), eps)));
    Datum scaled = ArithmeticOperators.multiply(site, centred, deviation);
    Datum weight = constant(Moves.unsqueeze(ops, site.known(1), column));
    Datum bias = constant(Moves.unsqueeze(ops, site.known(2), column));
    Datum y =
        ArithmeticOperators.add(site, ArithmeticOperators.multiply(site, scaled, weight), bias);
    List<Datum> outputs = new ArrayList<>(List.of(y));
    if (site.outputs() > 1) {
      outputs.add(running(site, site.known(3), mean, momentum));
      outputs.add(running(site, site.known(4), variance, momentum));
    }
    return outputs;
  }

  /** Numbers that no parameter is made of: these are the batch's, not to be learned. */
  private static Known constant(Datum known) {
    Known given = (Known) known;
    return Known.of(given.dims(), false, given.numbers());
  }

  /**
   * A normalisation by running averages, which follow the batch's in training. Where two nodes have
   * the same averages, those follow each in turn.
   */
  static Value running(Site site, BatchNorm2d layer, Value given) {
    NetworkBuilder network = site.network();
    int channels = given.shape().size(0);
    Value weight = site.vector("weight", 1, channels, ParameterSpec.Role.SCALE);
    Value bias = site.vector("bias", 2, channels, ParameterSpec.Role.SHIFT);
    Value mean = site.vector("running_mean", 3, channels, ParameterSpec.Role.RUNNING_MEAN);
    Value variance = site.vector("running_var", 4, channels, ParameterSpec.Role.RUNNING_VARIANCE);
    if (network.mode() == Mode.INFERENCE) {
      Op op = new BatchNorm(layer.eps(), false);
      return network.apply(op, given, mean, variance, weight, bias);
    }
    Value x = given.perExample() ? given : network.apply(new BatchSpread(BatchReduce.SUM), given);
    Value now = network.apply(new ChannelSum.Mean(), x);
    Value spread = network.apply(new ChannelSum.Variance(), x, now);
    int positions = x.shape().elements() / channels;
    network.track(
        new RunningStatistics(
            site.name(mean), site.name(variance), now, spread, positions, layer.momentum()));
    return network.apply(new BatchNorm(layer.eps(), true), x, now, spread, weight, bias);
  }

  private static Datum running(Site site, Known before, Datum now, double momentum) {
    Ops ops = site.network();
    Flowing batch = (Flowing) Moves.reshape(ops, now, before.dims());
    Datum kept = before.mapped(number -> number * momentum);
    return ArithmeticOperators.add(site, batch.with(ops.scale(batch.value(), 1 - momentum)), kept);
  }
}
