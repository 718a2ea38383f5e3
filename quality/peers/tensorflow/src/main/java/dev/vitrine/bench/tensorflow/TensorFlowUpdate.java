package dev.vitrine.bench.tensorflow;

import dev.vitrine.optim.Adam;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The optimiser's part of the graph. All updates wait for all gradients: TensorFlow would otherwise
 * change weights that other gradients are still computed from.
 */
final class TensorFlowUpdate {
  private final Ops tf;
  private final List<Variable<TFloat32>> variables;
  private final Optimizer rule;
  private final List<Op> initialisers = new ArrayList<>();

  TensorFlowUpdate(Ops tf, List<Variable<TFloat32>> variables, Optimizer rule) {
    this.tf = tf;
    this.rule = rule;
    this.variables = variables;
  }

  /**
   * Adds gradients and updates; returns what to run for a step.
   *
   * @param others what else is to be run
   */
  Op apply(
      Graph graph, Operand<TFloat32> logits, Operand<TFloat32> logitsGradient, List<Op> others) {
    Output<?>[] of = variables.stream().map(Variable::asOutput).toArray(Output<?>[]::new);
    Output<?>[] gradients =
        graph.addGradients(
            "gradients",
            new Output<?>[] {logits.asOutput()},
            of,
            new Output<?>[] {logitsGradient.asOutput()});
    Operation[] computed = Arrays.stream(gradients).map(Output::op).toArray(Operation[]::new);
    Ops after = tf.withControlDependencyOps(computed);
    Powers powers = rule instanceof Adam adam ? new Powers(adam) : null;
    List<Op> updates = new ArrayList<>(others);
    for (int i = 0; i < gradients.length; i++) {
      @SuppressWarnings("unchecked") // every variable is of floats
      Operand<TFloat32> gradient = (Output<TFloat32>) gradients[i];
      updates.add(update(after, variables.get(i), gradient, powers));
    }
    if (powers != null) {
      updates.addAll(powers.advance(tf.withControlDependencies(List.copyOf(updates))));
    }
    return tf.withControlDependencies(updates).noOp();
  }

  private Op update(
      Ops after, Variable<TFloat32> variable, Operand<TFloat32> gradient, Powers powers) {
    Operand<TFloat32> rate = tf.constant((float) rule.learningRate());
    return switch (rule) {
      case Sgd sgd -> {
        Operand<TFloat32> decay = tf.constant((float) sgd.weightDecay());
        Operand<TFloat32> whole =
            sgd.weightDecay() == 0
                ? gradient
                : after.math.add(gradient, after.math.mul(decay, variable));
        yield sgd.momentum() == 0
            ? after.train.applyGradientDescent(variable, rate, whole)
            : after.train.applyMomentum(
                variable, memory(variable), rate, whole, tf.constant((float) sgd.momentum()));
      }
      case Adam adam ->
          after.train.applyAdam(
              variable,
              memory(variable),
              memory(variable),
              powers.beta1,
              powers.beta2,
              rate,
              tf.constant((float) adam.beta1()),
              tf.constant((float) adam.beta2()),
              tf.constant((float) adam.epsilon()),
              gradient);
      default -> throw new IllegalArgumentException("No translation of " + rule);
    };
  }

  private Variable<TFloat32> memory(Variable<TFloat32> variable) {
    Variable<TFloat32> memory = tf.variable(variable.shape(), TFloat32.class);
    initialisers.add(tf.assign(memory, tf.zeros(tf.constant(variable.shape()), TFloat32.class)));
    return memory;
  }

  /** Adam's β₁ᵗ and β₂ᵗ, which TensorFlow keeps as variables. */
  private final class Powers {
    private final Variable<TFloat32> beta1;
    private final Variable<TFloat32> beta2;
    private final Adam adam;

    Powers(Adam adam) {
      this.adam = adam;
      beta1 = power(adam.beta1());
      beta2 = power(adam.beta2());
    }

    private Variable<TFloat32> power(double beta) {
      Variable<TFloat32> power = tf.variable(org.tensorflow.ndarray.Shape.scalar(), TFloat32.class);
      initialisers.add(tf.assign(power, tf.constant((float) beta)));
      return power;
    }

    private List<Op> advance(Ops after) {
      return List.of(
          after.assign(beta1, after.math.mul(beta1, tf.constant((float) adam.beta1()))),
          after.assign(beta2, after.math.mul(beta2, tf.constant((float) adam.beta2()))));
    }
  }

  /** Gives every remembered array its zeros. */
  void initialise(Session session) {
    if (initialisers.isEmpty()) {
      return;
    }
    Session.Runner runner = session.runner();
    initialisers.forEach(runner::addTarget);
    runner.run().close();
  }
}
