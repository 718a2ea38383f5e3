/**
 * The sizes of values, per example, and named values side by side in one flat array. Everything may
 * depend on this package; it depends on errors alone.
 */
package dev.vitrine.tensor;
