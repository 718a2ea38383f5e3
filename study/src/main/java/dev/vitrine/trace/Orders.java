package dev.vitrine.trace;

import dev.vitrine.trace.Trace.Order;
import dev.vitrine.trace.Trace.Wrong;
import dev.vitrine.trace.language.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why a name is done only when all of its users are: what comes out otherwise. */
final class Orders {
  private final Flow flow;
  private final Map<String, Tensor> numbers;
  private final List<String> wanted;

  Orders(Flow flow, Map<String, Tensor> numbers, List<String> wanted) {
    this.flow = flow;
    this.numbers = numbers;
    this.wanted = wanted;
  }

  Order order() {
    List<String> names = flow.order(wanted);
    Map<String, Tensor> right = flow.gradients(numbers, wanted, "", 0);
    List<String> shared = names.stream().filter(name -> flow.parts(name).size() > 1).toList();
    return new Order(
        names, shared, shared.stream().flatMap(name -> wrong(name, right).stream()).findFirst());
  }

  /** Gone on from {@code shared} after its first user alone. */
  private Optional<Wrong> wrong(String shared, Map<String, Tensor> right) {
    Map<String, Tensor> early = flow.gradients(numbers, wanted, shared, 0);
    List<String> users = flow.parts(shared).stream().map(Flow.Part::user).toList();
    return wanted.stream()
        .filter(right::containsKey)
        .filter(name -> !right.get(name).equals(early.get(name)))
        .findFirst()
        .map(name -> new Wrong(shared, users, name, right.get(name), early.get(name)));
  }
}
