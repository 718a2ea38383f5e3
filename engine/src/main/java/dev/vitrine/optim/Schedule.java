package dev.vitrine.optim;

import dev.vitrine.error.Quote;
import dev.vitrine.error.Range;
import dev.vitrine.error.UserException;
import java.util.List;
import java.util.Objects;

/**
 * How the learning rate changes: a factor on it for every step, a function of the step alone, or of
 * what validation gave until then too.
 */
public sealed interface Schedule {
  /**
   * {@return the factor at a step, counted from 0, as if nothing had been validated}
   *
   * @param step the step's number
   */
  double factor(long step);

  /**
   * {@return the factor at a step, counted from 0}
   *
   * @param step the step's number
   * @param past what validation gave, in order of its steps; what came after the step is ignored
   */
  default double factor(long step, List<ValidationLoss> past) {
    Objects.requireNonNull(past, "past");
    return factor(step);
  }

  /** {@return whether it depends on what validation gives} */
  default boolean watches() {
    return false;
  }

  /** Always 1. */
  record Constant() implements Schedule {
    @Override
    public double factor(long step) {
      return 1;
    }
  }

  /**
   * {@code gamma^⌊step / every⌋}.
   *
   * @param gamma the factor of each stair, above 0; 1 keeps the rate
   * @param every steps between two stairs, at least 1
   */
  record Step(double gamma, long every) implements Schedule {
    /** Checks the ranges. */
    public Step {
      check(Range.POSITIVE, "a gamma above 0", gamma);
      check(Range.POSITIVE, "an every of 1 or more", every);
    }

    @Override
    public double factor(long step) {
      return StrictMath.pow(gamma, Math.floorDiv(step, every));
    }
  }

  /**
   * {@code gamma^step}.
   *
   * @param gamma the factor of each step, above 0; 1 keeps the rate
   */
  record Exponential(double gamma) implements Schedule {
    /** Checks the range. */
    public Exponential {
      check(Range.POSITIVE, "a gamma above 0", gamma);
    }

    @Override
    public double factor(long step) {
      return StrictMath.pow(gamma, step);
    }
  }

  /**
   * {@code (1 + gamma · step)^−power}: Caffe's "inv".
   *
   * @param gamma what each step adds to the base, 0 or more
   * @param power the exponent, 0 or more
   */
  record InverseDecay(double gamma, double power) implements Schedule {
    /** Checks the ranges. */
    public InverseDecay {
      check(Range.FROM_ZERO, "a gamma of 0 or more", gamma);
      check(Range.FROM_ZERO, "a power of 0 or more", power);
    }

    @Override
    public double factor(long step) {
      return StrictMath.pow(1 + gamma * step, -power);
    }
  }

  /**
   * {@code gamma^n}, where n of the steps {@code at} are past.
   *
   * @param gamma the factor of each stair, above 0; 1 keeps the rate
   * @param at the first step of each stair, rising, from 1
   */
  record MultiStep(double gamma, List<Long> at) implements Schedule {
    /** Checks the ranges. */
    public MultiStep {
      at = List.copyOf(Objects.requireNonNull(at, "at"));
      check(Range.POSITIVE, "a gamma above 0", gamma);
      long before = 0;
      for (long step : at) {
        if (step <= before) {
          throw refused("stairs at rising steps from 1 on", Quote.of(at.toString()));
        }
        before = step;
      }
    }

    @Override
    public double factor(long step) {
      return StrictMath.pow(gamma, at.stream().filter(stair -> step >= stair).count());
    }
  }

  /**
   * Half a cosine from 1 to {@code least} (Loshchilov and Hutter, 2017, without restarts): {@code
   * least + (1 − least) · (1 + cos(π · t / steps)) / 2}; at {@code least} from there on.
   *
   * @param steps how long it falls, at least 1
   * @param least the factor at its end, 0 or more
   */
  record Cosine(long steps, double least) implements Schedule {
    /** Checks the ranges. */
    public Cosine {
      check(Range.POSITIVE, "1 or more steps", steps);
      check(Range.FROM_ZERO, "a least factor of 0 or more", least);
    }

    @Override
    public double factor(long step) {
      return eased(1, least, Math.min(step, steps) / (double) steps);
    }
  }

  /**
   * One cycle (Smith and Topin, 2019) in PyTorch's form: along a cosine from 1/25 up to 1, then
   * along another down to 1/250,000, where it stays.
   *
   * @param steps how long both take, at least 2
   * @param rise the share of them that goes up, in (0, 1]; PyTorch's is 0.3
   */
  record OneCycle(long steps, double rise) implements Schedule {
    private static final double START = 1 / 25.0;
    private static final double END = START / 1e4;

    /** Checks the ranges. */
    public OneCycle {
      if (steps < 2) {
        throw refused("2 or more steps", Long.toString(steps));
      }
      check(Range.UP_TO_ONE, "a rising share in (0, 1]", rise);
    }

    @Override
    public double factor(long step) {
      double top = rise * steps - 1;
      double last = steps - 1;
      double t = Math.min(step, last);
      return t <= top
          ? eased(START, 1, top > 0 ? t / top : 1)
          : eased(1, END, (t - top) / (last - top));
    }
  }

  /**
   * A linear warm-up: {@code min(1, (t + 1) / steps)}.
   *
   * @param steps at which of them, counted from 1, the whole rate is reached; at least 1
   */
  record WarmUp(long steps) implements Schedule {
    /** Checks the range. */
    public WarmUp {
      check(Range.POSITIVE, "1 or more steps", steps);
    }

    @Override
    public double factor(long step) {
      return Math.min(1, (step + 1.0) / steps);
    }
  }

  /**
   * Reduce on plateau: {@code max(least, factor^n)}, where n is how many times {@code patience}
   * validations in a row gave no lower loss than the lowest before. After each such time the
   * counting begins anew. (Keras counts so; PyTorch's patience is one less, and its lower is by a
   * share of 1e-4.)
   *
   * @param factor of each time, in (0, 1]
   * @param patience validations without a lower loss, 1 or more
   * @param least the factor below which it does not fall, in [0, 1)
   */
  record Plateau(double factor, int patience, double least) implements Schedule {
    /** Checks the ranges. */
    public Plateau {
      check(Range.UP_TO_ONE, "a factor in (0, 1]", factor);
      check(Range.POSITIVE, "a patience of 1 epoch or more", patience);
      check(Range.BELOW_ONE, "a least factor in [0, 1)", least);
    }

    /**
     * One without a floor.
     *
     * @param factor in (0, 1]
     * @param patience validations in a row
     */
    public Plateau(double factor, int patience) {
      this(factor, patience, 0);
    }

    @Override
    public double factor(long step) {
      return 1;
    }

    @Override
    public double factor(long step, List<ValidationLoss> past) {
      Objects.requireNonNull(past, "past");
      double lowest = Double.POSITIVE_INFINITY;
      int waited = 0;
      int times = 0;
      for (ValidationLoss each : past) {
        if (each.step() > step) {
          break;
        }
        boolean lower = each.loss() < lowest;
        lowest = lower ? each.loss() : lowest;
        waited = lower ? 0 : waited + 1;
        if (waited == patience) {
          times++;
          waited = 0;
        }
      }
      return Math.max(least, StrictMath.pow(factor, times));
    }

    @Override
    public boolean watches() {
      return true;
    }
  }

  /**
   * Several at once: the product of their factors.
   *
   * @param parts two or more
   */
  record Product(List<Schedule> parts) implements Schedule {
    /** Checks that there are some. */
    public Product {
      parts = List.copyOf(Objects.requireNonNull(parts, "parts"));
      if (parts.size() < 2) {
        throw refused("two or more factors", Integer.toString(parts.size()));
      }
    }

    @Override
    public double factor(long step) {
      return factor(step, List.of());
    }

    @Override
    public double factor(long step, List<ValidationLoss> past) {
      Objects.requireNonNull(past, "past");
      return parts.stream().mapToDouble(part -> part.factor(step, past)).reduce(1, (a, b) -> a * b);
    }

    @Override
    public boolean watches() {
      return parts.stream().anyMatch(Schedule::watches);
    }
  }

  /**
   * One after another: the first for some steps, then the next, whose steps are counted anew, and
   * which knows of no validation before.
   *
   * @param first what comes first
   * @param steps how long, at least 1
   * @param next what comes then
   */
  record Then(Schedule first, long steps, Schedule next) implements Schedule {
    /** Checks the range. */
    public Then {
      Objects.requireNonNull(first, "first");
      Objects.requireNonNull(next, "next");
      check(Range.POSITIVE, "1 or more steps", steps);
    }

    @Override
    public double factor(long step) {
      return factor(step, List.of());
    }

    @Override
    public double factor(long step, List<ValidationLoss> past) {
      Objects.requireNonNull(past, "past");
      return step < steps ? first.factor(step, past) : next.factor(step - steps, after(past));
    }

    private List<ValidationLoss> after(List<ValidationLoss> past) {
      return past.stream()
          .filter(each -> each.step() > steps)
          .map(each -> new ValidationLoss(each.step() - steps, each.loss()))
          .toList();
    }

    @Override
    public boolean watches() {
      return first.watches() || next.watches();
    }
  }

  /** Along half a cosine from one number to another, as a share goes from 0 to 1. */
  private static double eased(double from, double to, double share) {
    return to + (from - to) * (1 + StrictMath.cos(Math.PI * share)) / 2;
  }

  private static UserException refused(String expected, String got) {
    return UserException.expecting("The schedule", expected, got);
  }

  private static void check(Range range, String expected, double value) {
    range.require("The schedule", expected, value);
  }
}
