package dev.vitrine.weights.pytorch;

import dev.vitrine.format.DType;
import dev.vitrine.weights.pickle.Dictionary;
import dev.vitrine.weights.pickle.Global;
import dev.vitrine.weights.pickle.Instance;
import dev.vitrine.weights.pickle.Reference;
import dev.vitrine.weights.pickle.Sequence;
import dev.vitrine.weights.pickle.Tree;
import dev.vitrine.weights.pickle.Vocabulary;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** PyTorch's tensors, parameters and types in pickles, from 0.1 on. */
final class TorchNames implements Vocabulary {
  private final TorchStorages storages;

  TorchNames(TorchStorages storages) {
    this.storages = storages;
  }

  @Override
  public Optional<Stored> meaning(Object thing, Tree tree) {
    return switch (thing) {
      case Reference reference ->
          storages.storage(reference, tree).map(storage -> whole(storage, tree));
      case Global name when TorchTypes.ofName(name).isPresent() ->
          Optional.of(new Stored.Note(name.path()));
      case Instance instance when TorchTypes.isOfTorch(instance.maker()) -> meaning(instance, tree);
      default -> Optional.empty();
    };
  }

  private Optional<Stored> meaning(Instance instance, Tree tree) {
    Global maker = instance.maker();
    Sequence given = instance.arguments();
    if (TorchTypes.isTensor(maker)) {
      Sequence state =
          instance.state() instanceof Sequence fields && given.size() < 4 ? fields : given;
      return Optional.of(tensor(state, tree));
    }
    return switch (maker.name()) {
      case "_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_tensor_v3" ->
          Optional.of(tensor(given, tree));
      case "_rebuild_parameter",
          "_rebuild_parameter_with_state",
          "Parameter",
          "Variable",
          "Buffer" ->
          given.size() == 0 ? Optional.empty() : Optional.of(tree.stored(given.item(0)));
      case "_rebuild_from_type", "_rebuild_from_type_v2" ->
          given.item(0) instanceof Global by && given.item(2) instanceof Sequence arguments
              ? Optional.of(rebuilt(by, arguments, tree))
              : Optional.empty();
      case "restore_type_tag",
          "build_intlist",
          "build_doublelist",
          "build_boollist",
          "build_tensorlist" ->
          Optional.of(tree.stored(given.item(0)));
      case "Size" -> Optional.of(tree.stored(given.item(0)));
      case "device" -> Optional.ofNullable(TorchStorages.text(given.item(0))).map(Stored.Note::new);
      default ->
          maker.name().startsWith("_rebuild_")
              ? Optional.of(Tree.unreadTensor(maker.path()))
              : Optional.empty();
    };
  }

  private Stored rebuilt(Global by, Sequence arguments, Tree tree) {
    return by.name().startsWith("_rebuild_tensor")
        ? tensor(arguments, tree)
        : Tree.unreadTensor(by.path());
  }

  /** What is said behind sizes and strides of a view whose numbers are not those of its storage. */
  private static boolean isNegated(Sequence parts) {
    return parts.items().stream()
        .skip(6)
        .anyMatch(said -> said instanceof Dictionary of && Boolean.TRUE.equals(of.get("neg")));
  }

  /** From (storage, offset, sizes, strides, …), and a type in the seventh place for new ones. */
  private Stored tensor(Sequence parts, Tree tree) {
    if (isNegated(parts)) {
      return new Stored.Unread(
          "negated view", "its numbers are those of its storage times −1: save its resolve_neg()");
    }
    TorchStorage storage =
        storages
            .storage(parts.item(0), tree)
            .orElseThrow(() -> tree.refused("a PyTorch tensor has no storage"));
    List<Long> dims = numbers(parts.item(2), "sizes", tree);
    List<Long> strides = numbers(parts.item(3), "strides", tree);
    Optional<DType> dtype =
        TorchTypes.isUntyped(storage.type()) ? TorchTypes.ofName(parts.item(6)) : storage.dtype();
    if (dtype.isEmpty()) {
      Object type = TorchTypes.isUntyped(storage.type()) ? parts.item(6) : storage.type();
      return Tree.unreadTensor(String.valueOf(type));
    }
    if (!(parts.item(1) instanceof Long offset)) {
      throw tree.refused("a PyTorch tensor has no place in its storage");
    }
    long size = storage.bytes().byteSize() / dtype.get().bytes();
    if (offset < 0 || offset > size) {
      throw tree.refused(
          "a PyTorch tensor begins at number %s of %s in its storage".formatted(offset, size));
    }
    MemorySegment from = storage.bytes().asSlice(offset * dtype.get().bytes());
    long[] steps = strides.stream().mapToLong(Long::longValue).toArray();
    return tree.tensor(() -> StoredTensor.of(dtype.get(), storage.order(), dims, steps, from));
  }

  private static List<Long> numbers(Object value, String what, Tree tree) {
    Object plain =
        value instanceof Instance size && size.maker().name().equals("Size")
            ? size.arguments().item(0)
            : value;
    return tree.sizes(plain)
        .orElseThrow(() -> tree.refused("a PyTorch tensor has no %s".formatted(what)));
  }

  /** A storage that no tensor is a view of here. */
  private static Stored whole(TorchStorage storage, Tree tree) {
    Optional<DType> dtype = storage.dtype();
    return dtype.isEmpty()
        ? Tree.unreadTensor(storage.type().path())
        : tree.tensor(() ->
            StoredTensor.rows(
                dtype.get(),
                storage.order(),
                List.of(storage.bytes().byteSize() / dtype.get().bytes()),
                storage.bytes()));
  }
}
