package dev.vitrine.trace.language;

import dev.vitrine.error.Decimal;
import dev.vitrine.trace.language.Expression.Apply;
import dev.vitrine.trace.language.Expression.Arithmetic;
import dev.vitrine.trace.language.Expression.Cases;
import dev.vitrine.trace.language.Expression.Fold;
import dev.vitrine.trace.language.Expression.Literal;
import dev.vitrine.trace.language.Expression.Name;
import dev.vitrine.trace.language.Expression.Negation;
import dev.vitrine.trace.language.Expression.Power;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes expressions; what it writes in ASCII and Unicode can be read again. */
public final class Printer {
  private static final int CASES = 0;
  private static final int SUM = 1;
  private static final int PRODUCT = 2;
  private static final int SIGN = 3;
  private static final int POWER = 4;
  private static final int ATOM = 5;

  private final Notation notation;
  private final Map<String, Tensor> numbers;

  private Printer(Notation notation, Map<String, Tensor> numbers) {
    this.notation = notation;
    this.numbers = numbers;
  }

  /**
   * {@return an expression as text}
   *
   * @param expression what to write
   * @param notation how
   */
  public static String text(Expression expression, Notation notation) {
    return new Printer(notation, Map.of()).text(expression);
  }

  /**
   * {@return an expression as text with numbers in the places of names}
   *
   * @param expression what to write
   * @param notation how
   * @param numbers those of the names; a name without stays
   */
  public static String withNumbers(
      Expression expression, Notation notation, Map<String, Tensor> numbers) {
    return new Printer(notation, numbers).text(expression);
  }

  private String text(Expression expression) {
    return switch (expression) {
      case Expression.Numeral number -> number(number);
      case Literal literal -> Figures.text(literal.value(), notation);
      case Name name ->
          numbers.containsKey(name.name())
              ? Figures.text(numbers.get(name.name()), notation)
              : notation.name(name.name());
      case Negation negation -> minus() + within(negation.x(), PRODUCT);
      case Power power -> power(power);
      case Apply apply -> apply(apply);
      case Fold fold -> fold(fold);
      case Arithmetic arithmetic -> arithmetic(arithmetic);
      case Cases cases -> cases(cases);
    };
  }

  private String number(Expression.Numeral number) {
    return switch (number.symbol()) {
      case "" -> {
        String digits = Decimal.text(number.value());
        yield notation == Notation.UNICODE ? digits.replace('-', '−') : digits;
      }
      case "π" ->
          switch (notation) {
            case UNICODE -> "π";
            case ASCII -> "pi";
            case LATEX -> "\\pi";
          };
      default -> number.symbol();
    };
  }

  private String minus() {
    return notation == Notation.UNICODE ? "−" : "-";
  }

  private String apply(Apply apply) {
    String inside = text(apply.x()) + apply.function().settingsText();
    return notation.function(apply.function()) + parenthesised(inside);
  }

  private String parenthesised(String text) {
    return notation == Notation.LATEX && text.contains("\\frac")
        ? "\\left(%s\\right)".formatted(text)
        : "(%s)".formatted(text);
  }

  private String fold(Fold fold) {
    String x = text(fold.x());
    return switch (fold.kind()) {
      case SUM -> latexOr("\\sum " + parenthesised(x), "sum(%s)".formatted(x));
      case MEAN -> latexOr("\\operatorname{mean}" + parenthesised(x), "mean(%s)".formatted(x));
      case NORM2 -> latexOr("\\lVert %s \\rVert_2".formatted(x), "norm2(%s)".formatted(x));
      case ONES ->
          latexOr("\\mathbf{1}", notation == Notation.UNICODE ? "𝟏" : "ones(%s)".formatted(x));
      case TRANSPOSE -> {
        String atom = within(fold.x(), ATOM);
        yield switch (notation) {
          case UNICODE -> atom + "ᵀ";
          case ASCII -> atom + "'";
          case LATEX -> atom + "^{\\top}";
        };
      }
    };
  }

  private String latexOr(String latex, String other) {
    return notation == Notation.LATEX ? latex : other;
  }

  private String power(Power power) {
    double p = power.exponent();
    if (p == 0.5) {
      return switch (notation) {
        case UNICODE -> "√(%s)".formatted(text(power.base()));
        case ASCII -> "sqrt(%s)".formatted(text(power.base()));
        case LATEX -> "\\sqrt{%s}".formatted(text(power.base()));
      };
    }
    String base = within(power.base(), ATOM);
    String exponent = Decimal.text(p);
    if (notation == Notation.LATEX) {
      return "%s^{%s}".formatted(base, exponent);
    }
    if (notation == Notation.UNICODE && (p == 2 || p == 3)) {
      return base + (p == 2 ? "²" : "³");
    }
    return base + "^" + (p < 0 ? "(%s)".formatted(exponent) : exponent);
  }

  private String arithmetic(Arithmetic of) {
    String sign = notation.sign(of.operator());
    if (of.operator() == Operator.ADD || of.operator() == Operator.SUBTRACT) {
      int right = of.operator() == Operator.SUBTRACT ? PRODUCT : SUM;
      String b = begunWithMinus(of.b()) ? "(%s)".formatted(text(of.b())) : within(of.b(), right);
      return within(of.a(), SUM) + sign + b;
    }
    if (of.operator() == Operator.DIVIDE && notation == Notation.LATEX) {
      return "\\frac{%s}{%s}".formatted(text(of.a()), text(of.b()));
    }
    String a = within(of.a(), PRODUCT);
    String b = within(of.b(), SIGN);
    boolean close =
        of.operator() == Operator.MULTIPLY
            && notation != Notation.ASCII
            && b.startsWith("(")
            && (a.endsWith(")") || plainNumber(a))
            && !a.contains("/");
    return a + (close ? "" : sign) + b;
  }

  private static boolean plainNumber(String text) {
    return text.matches("[0-9.]+");
  }

  /** A sign behind an operator would be two signs in a row. */
  private boolean begunWithMinus(Expression expression) {
    return text(expression).startsWith(minus());
  }

  private String cases(Cases cases) {
    String conditions =
        cases.conditions().stream()
            .map(c ->
                c.turned()
                    ? "%s < %s".formatted(text(c.less()), text(c.greater()))
                    : "%s > %s".formatted(text(c.greater()), text(c.less())))
            .collect(Collectors.joining(latexOr("\\text{ and }", " and ")));
    String format =
        latexOr(
            "\\begin{cases} %s & \\text{if } %s \\\\ %s & \\text{else} \\end{cases}",
            "%s where %s, else %s");
    return format.formatted(text(cases.value()), conditions, text(cases.otherwise()));
  }

  /** In parentheses if it binds less than what it stands in. */
  private String within(Expression expression, int least) {
    String text = text(expression);
    boolean sign = least > SUM && text.startsWith(minus()) && least != PRODUCT;
    return binding(expression) < least || sign ? parenthesised(text) : text;
  }

  private int binding(Expression expression) {
    return switch (expression) {
      case Expression.Numeral number -> number.value() < 0 ? SUM : ATOM;
      case Literal _ -> ATOM;
      case Name name -> name(name);
      case Apply _ -> ATOM;
      case Power power -> power.exponent() == 0.5 ? ATOM : POWER;
      case Fold _ -> ATOM;
      case Negation _ -> SUM;
      case Arithmetic of ->
          switch (of.operator()) {
            case ADD, SUBTRACT -> SUM;
            case DIVIDE -> notation == Notation.LATEX ? SIGN : PRODUCT;
            default -> PRODUCT;
          };
      case Cases _ -> CASES;
    };
  }

  /** A derivative is written with a line between, so it is raised or transposed in parentheses. */
  private int name(Name name) {
    if (numbers.containsKey(name.name())) {
      Tensor value = numbers.get(name.name());
      return value.isScalar() && value.at(0) < 0 ? SUM : ATOM;
    }
    return name.name().startsWith("∂") ? SIGN : ATOM;
  }
}
