/**
 * Witnesses of correctness, for tests of the engine and of ops that users add. {@code OpCases} and
 * {@code LayerCases} are the one list of small graphs; {@code GradientCheck} compares their
 * derivatives with finite differences, {@code Oracle} their plans with the interpreter. Nothing
 * here depends on a test framework: a check that fails throws an {@code AssertionError}.
 */
package dev.vitrine.testkit;
