package dev.vitrine.trace;

import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Function;
import dev.vitrine.trace.language.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A derivative worked out step by step. Values are those of the engine's interpreter and gradients
 * those of its backward pass; the formulas between them are what its ops say of themselves, and
 * agree with both.
 *
 * @param question what was asked
 * @param objective the name of what is derived
 * @param result the name of the expression's own result, the objective if there is no loss
 * @param given the numbers that the user gave
 * @param wanted the names whose derivatives are wanted
 * @param forward the intermediate results, in order
 * @param locals the local derivatives between numbers, in the order of the backward pass
 * @param backward the gradients, each after those of all its users
 * @param paths from the objective to each wanted number
 * @param update one step of gradient descent; empty if no rate was given
 * @param order why the order is what it is
 * @param remarks what else must be said, such as points without derivative
 */
public record Trace(
    Question question,
    String objective,
    String result,
    Map<String, Tensor> given,
    List<String> wanted,
    List<Forward> forward,
    List<Local> locals,
    List<Backward> backward,
    List<Path> paths,
    Optional<Update> update,
    Order order,
    List<String> remarks) {

  /**
   * An intermediate result.
   *
   * @param name what it is called
   * @param expression what it is, in terms of names before it
   * @param value its numbers
   */
  public record Forward(String name, Expression expression, Tensor value) {}

  /**
   * A local derivative between two numbers.
   *
   * @param of the result that is derived
   * @param by a name in it
   * @param function the function that it is the derivative of, if the result is one of one name
   * @param formula in terms of names
   * @param byOutput the same in terms of the result itself; empty if it cannot be said so
   * @param value its number
   * @param check beside its difference quotient
   * @param direct whether it is the direct part alone of a derivative with several paths
   */
  public record Local(
      String of,
      String by,
      Optional<Function> function,
      Expression formula,
      Optional<Expression> byOutput,
      double value,
      Check check,
      boolean direct) {

    /** {@return its symbol, such as {@code ∂f/∂z1}} */
    public String symbol() {
      return Flow.partial(of, by);
    }
  }

  /**
   * A gradient, and what it comes from.
   *
   * @param name by what the objective is derived
   * @param shape its shape
   * @param shares what each user hands back; none for the objective itself
   * @param value its numbers, as the engine has them
   * @param check beside its difference quotients
   * @param wanted whether it was asked for
   */
  public record Backward(
      String name, Shape shape, List<Share> shares, Tensor value, Check check, boolean wanted) {}

  /**
   * What one user hands back.
   *
   * @param user the result that uses the name
   * @param term in terms of the user's own gradient
   * @param value its numbers
   */
  public record Share(String user, Expression term, Tensor value) {}

  /**
   * A way from the objective to a wanted number.
   *
   * @param to the wanted name
   * @param steps the names on the way, the objective first
   * @param factors the local derivatives on it
   * @param product their product
   */
  public record Path(String to, List<String> steps, List<Double> factors, double product) {}

  /**
   * A step of gradient descent.
   *
   * @param rate η
   * @param after the wanted names' new numbers
   * @param objectiveBefore the objective at the old numbers
   * @param objectiveAfter the objective at the new numbers
   */
  public record Update(
      double rate, Map<String, Tensor> after, double objectiveBefore, double objectiveAfter) {}

  /**
   * Why the backward pass goes as it goes.
   *
   * @param names in the order of the pass
   * @param shared those with several users
   * @param example what goes wrong in another order; empty if none would be seen to
   */
  public record Order(List<String> names, List<String> shared, Optional<Wrong> example) {}

  /**
   * What another order gives.
   *
   * @param shared a name with several users
   * @param users those, in the order of the pass
   * @param wanted the name whose gradient comes out wrong
   * @param right its gradient
   * @param wrong what it is if the shared name is gone on from after its first user
   */
  public record Wrong(
      String shared, List<String> users, String wanted, Tensor right, Tensor wrong) {}

  /**
   * {@return a derivative worked out}
   *
   * @param question what is derived, and where
   * @throws dev.vitrine.error.UserException if the expression cannot be read, a value is missing,
   *     shapes do not fit, or a result is no number
   */
  public static Trace of(Question question) {
    return new Tracer(question).trace();
  }

  /**
   * {@return the gradient by a name}
   *
   * @param name one of the wanted names
   */
  public Tensor gradient(String name) {
    return backward.stream()
        .filter(step -> step.name().equals(name))
        .map(Backward::value)
        .findFirst()
        .orElseGet(() -> given.get(name).map(_ -> 0));
  }

  /**
   * {@return the number of a given name or of a result}
   *
   * @param name which
   */
  public Tensor value(String name) {
    return forward.stream()
        .filter(step -> step.name().equals(name))
        .map(Forward::value)
        .findFirst()
        .orElseGet(() -> given.get(name));
  }

  /** {@return whether every derivative agrees with its difference quotient} */
  public boolean holds() {
    return locals.stream().allMatch(local -> local.check().holds())
        && backward.stream().allMatch(step -> step.check().holds());
  }
}
