package dev.vitrine.trace.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How numbers are spread.
 *
 * @param least the least
 * @param mean their mean
 * @param greatest the greatest
 * @param norm the root of the sum of their squares
 * @param size the mean of their sizes
 * @param most the greatest size
 * @param zeros the share that is exactly 0
 */
record Statistics(
    double least,
    double mean,
    double greatest,
    double norm,
    double size,
    double most,
    double zeros) {
  static Statistics of(double... numbers) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    double sizes = 0;
    for (double number : numbers) {
      least = Math.min(least, number);
      greatest = Math.max(greatest, number);
      sum += number;
      squares += number * number;
      sizes += Math.abs(number);
    }
    double zeros = Arrays.stream(numbers).filter(number -> number == 0).count();
    double count = numbers.length;
    return new Statistics(
        least,
        sum / count,
        greatest,
        Math.sqrt(squares),
        sizes / count,
        Math.max(Math.abs(least), Math.abs(greatest)),
        zeros / count);
  }

  /** For scripts. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("least", least);
    json.put("mean", mean);
    json.put("greatest", greatest);
    json.put("norm", norm);
    json.put("mean_size", size);
    json.put("greatest_size", most);
    json.put("zeros", zeros);
    return json;
  }
}
