package dev.vitrine.trace.language;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.trace.language.Expression.Apply;
import dev.vitrine.trace.language.Expression.Arithmetic;
import dev.vitrine.trace.language.Expression.Cases;
import dev.vitrine.trace.language.Expression.Cases.Condition;
import dev.vitrine.trace.language.Expression.Fold;
import dev.vitrine.trace.language.Expression.Negation;
import dev.vitrine.trace.language.Expression.Power;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads expressions by recursive descent; {@code docs/glass.md} has the language. */
final class Parser {
  private static final Map<String, Operator> PRODUCTS =
      Map.of(
          "*", Operator.MULTIPLY,
          "/", Operator.DIVIDE,
          ".*", Operator.HADAMARD,
          "@", Operator.PRODUCT);
  private static final Set<String> WORDS = Set.of("where", "and", "else");
  private static final Map<String, Fold.Kind> FOLDS =
      Map.of("sum", Fold.Kind.SUM, "mean", Fold.Kind.MEAN, "norm2", Fold.Kind.NORM2);

  /** Deeper than anybody writes, and far from the end of the stack. */
  private static final int DEEPEST = 200;

  /** Each operation of a line stands upon the one before it. */
  private static final int MOST_OPERATIONS = 250;

  private final List<Token> tokens;
  private int next;
  private int depth;
  private int operations;

  Parser(String text) {
    tokens = Token.of(text);
  }

  /**
   * Lines, named or not, between {@code ;}.
   *
   * @param separator what else may stand between them; empty for nothing
   */
  List<Program.Line> lines(String separator) {
    List<Program.Line> lines = new ArrayList<>();
    while (skip(";") || (!separator.isEmpty() && skip(separator))) {
      // Empty lines say nothing.
    }
    while (peek().kind() != Token.Kind.END) {
      lines.add(line());
      boolean more = false;
      while (skip(";") || (!separator.isEmpty() && skip(separator))) {
        more = true;
      }
      if (!more && peek().kind() != Token.Kind.END) {
        throw peek().at().fault("expected an operation or the end, but got " + peek().shown());
      }
    }
    if (lines.isEmpty()) {
      throw peek().at().fault("expected an expression, but there is none");
    }
    return lines;
  }

  private Program.Line line() {
    operations = 0;
    Token first = peek();
    if (first.kind() == Token.Kind.NAME && tokens.get(next + 1).is("=")) {
      next += 2;
      if (WORDS.contains(first.text()) || function(first.text())) {
        throw first.at().fault(Quote.of(first.text()) + " is known already: take another name");
      }
      return new Program.Line(first.text(), expression(), first.at());
    }
    return new Program.Line("", expression(), first.at());
  }

  private static boolean function(String name) {
    return FOLDS.containsKey(name)
        || Set.of("dot", "sq", "square", "sqrt", "ones").contains(name)
        || Function.find(name).isPresent();
  }

  private Expression expression() {
    if (++depth > DEEPEST) {
      throw peek().at().fault("it is nested too deeply: name parts of it, as in z = …; …");
    }
    Expression value = sum();
    if (peek().isWord("where")) {
      Place at = take().at();
      List<Condition> conditions = new ArrayList<>(List.of(condition()));
      while (peek().isWord("and")) {
        take();
        conditions.add(condition());
      }
      skip(",");
      if (!peek().isWord("else")) {
        throw peek().at().fault("expected else, but got " + peek().shown());
      }
      take();
      value = new Cases(value, conditions, expression(), at);
    }
    depth--;
    return value;
  }

  private Condition condition() {
    Expression left = sum();
    Token sign = take();
    if (!sign.is("<") && !sign.is(">")) {
      throw sign.at().fault("expected < or >, but got " + sign.shown());
    }
    Expression right = sum();
    return sign.is(">") ? new Condition(left, right, false) : new Condition(right, left, true);
  }

  private void count(Token sign) {
    if (++operations > MOST_OPERATIONS) {
      throw sign.at()
          .fault(
              "the line has more than %s operations: name parts of it, as in z = …; …"
                  .formatted(MOST_OPERATIONS));
    }
  }

  private Expression sum() {
    Expression value = product();
    while (peek().is("+") || peek().is("-")) {
      Token sign = take();
      count(sign);
      Operator operator = sign.is("+") ? Operator.ADD : Operator.SUBTRACT;
      value = new Arithmetic(operator, value, product(), sign.at());
    }
    return value;
  }

  private Expression product() {
    Expression value = factor();
    boolean divided = false;
    while (true) {
      Token sign = peek();
      if (sign.kind() == Token.Kind.SIGN && PRODUCTS.containsKey(sign.text())) {
        take();
        count(sign);
        divided |= sign.is("/");
        value = new Arithmetic(PRODUCTS.get(sign.text()), value, factor(), sign.at());
      } else if (continues()) {
        if (divided) {
          throw sign.at()
              .fault(
                  "a product without a sign behind a division may mean two things: write * or /( … )");
        }
        count(sign);
        value = new Arithmetic(Operator.MULTIPLY, value, factor(), sign.at());
      } else {
        return value;
      }
    }
  }

  /** Whether a product without a sign goes on: {@code 2x}, {@code 2(x + 1)}, {@code (a)(b)}. */
  private boolean continues() {
    Token before = tokens.get(next - 1);
    boolean begins =
        peek().is("(") || (peek().kind() == Token.Kind.NAME && !WORDS.contains(peek().text()));
    return begins && (before.kind() == Token.Kind.NUMBER || before.is(")"));
  }

  private Expression factor() {
    if (++depth > DEEPEST) {
      throw peek().at().fault("it is nested too deeply: name parts of it, as in z = …; …");
    }
    Token sign = peek();
    Expression value;
    if (sign.is("-")) {
      take();
      Expression x = factor();
      value =
          x instanceof Expression.Numeral n && n.symbol().isEmpty()
              ? new Expression.Numeral(-n.value(), "", sign.at())
              : new Negation(x, sign.at());
    } else if (sign.is("+")) {
      take();
      value = factor();
    } else {
      value = power();
    }
    depth--;
    return value;
  }

  private Expression power() {
    Expression base = postfix();
    if (!peek().is("^")) {
      return base;
    }
    Place at = take().at();
    Expression exponent = factor();
    if (Names.of(exponent).isEmpty()) {
      return new Power(base, Evaluation.number(exponent), at);
    }
    boolean ofE = base instanceof Expression.Numeral n && n.value() == Math.E;
    Expression argument =
        ofE ? exponent : new Arithmetic(Operator.MULTIPLY, exponent, apply("ln", base, at), at);
    return apply("exp", argument, at);
  }

  private static Expression apply(String name, Expression x, Place at) {
    return new Apply(Function.find(name).orElseThrow(), x, at);
  }

  private Expression postfix() {
    Expression value = primary();
    while (true) {
      Token sign = peek();
      if (sign.is("'")) {
        count(sign);
        value = new Fold(Fold.Kind.TRANSPOSE, value, take().at());
      } else if (sign.is("²") || sign.is("³")) {
        count(sign);
        value = new Power(value, take().is("²") ? 2 : 3, sign.at());
      } else {
        return value;
      }
    }
  }

  private Expression primary() {
    Token token = take();
    if (token.kind() == Token.Kind.NUMBER) {
      return new Expression.Numeral(number(token), "", token.at());
    }
    if (token.kind() == Token.Kind.NAME && !WORDS.contains(token.text())) {
      if (peek().is("'") && tokens.get(next + 1).is("(") && function(token.text())) {
        take();
        return derivative(token);
      }
      return peek().is("(") ? call(token) : name(token);
    }
    if (token.is("(")) {
      Expression inside = expression();
      close(")", token);
      return inside;
    }
    if (token.is("[")) {
      return new MatrixParser(this, token).matrix();
    }
    throw token.at().fault("expected a number, a name, ( or [, but got " + token.shown());
  }

  private static double number(Token token) {
    try {
      return Decimal.parse(token.text());
    } catch (NumberFormatException e) {
      throw token.at().fault("expected %s, but got %s".formatted(e.getMessage(), token.text()));
    }
  }

  private static Expression name(Token token) {
    if (function(token.text()) && !Names.constants().containsKey(token.text())) {
      throw token.at().fault("%s is a function: write %s(…)".formatted(token.text(), token.text()));
    }
    return new Expression.Name(token.text(), token.at());
  }

  /** {@code σ'(z)}: what the op says of its derivative, at z. */
  private Expression derivative(Token name) {
    Expression call = call(name);
    if (!(call instanceof Apply apply) || apply.function().op().isEmpty()) {
      throw name.at()
          .fault("%s' means nothing: it is no function of single numbers".formatted(name.text()));
    }
    String text = apply.function().op().get().formula().derivatives().getFirst();
    return Program.of(text).inlined().replace(Map.of("x", apply.x()));
  }

  private Expression call(Token name) {
    Token open = take();
    List<Expression> arguments = new ArrayList<>(List.of(expression()));
    while (skip(",")) {
      arguments.add(expression());
    }
    close(")", open);
    return Calls.of(name, arguments);
  }

  void close(String sign, Token open) {
    Token token = take();
    if (!token.is(sign)) {
      throw token
          .at()
          .fault(
              "expected %s for the %s of column %s, but got %s"
                  .formatted(sign, open.text(), open.at().column(), token.shown()));
    }
  }

  Token peek() {
    return tokens.get(next);
  }

  Token take() {
    Token token = tokens.get(next);
    next = Math.min(next + 1, tokens.size() - 1);
    return token;
  }

  private boolean skip(String sign) {
    boolean there = peek().is(sign);
    if (there) {
      take();
    }
    return there;
  }

  /** One number of a matrix, which may be calculated. */
  double constant() {
    Place at = peek().at();
    int before = operations;
    operations = 0; // a matrix of many fractions stands upon none of them
    Expression value = sum();
    operations = before;
    if (!Names.of(value).isEmpty()) {
      throw at.fault("a matrix expects numbers, but got the name " + Names.of(value).getFirst());
    }
    return Evaluation.number(value);
  }

  /** The names that come nearest to one that is not known. */
  static String unknownFunction(String name) {
    List<String> known = new ArrayList<>(Function.names());
    known.addAll(List.of("sum", "mean", "norm2", "dot", "sq", "sqrt"));
    String hint = Nearest.hint(name, known);
    return "%s is no function%s"
        .formatted(
            Quote.of(name),
            hint.isEmpty()
                ? "; there are %s (a product is written with *)".formatted(String.join(", ", known))
                : hint);
  }
}
