/**
 * What a network answers, from any number of threads: its output, its classes, or any layer's. No
 * training happens here, and a model's own numbers are only copied.
 */
package dev.vitrine.predict;
