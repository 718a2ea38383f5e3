/**
 * Digits in photographs: the door to it. A {@code PhotoReader} reads a picture and says what stands
 * in it. Nothing is printed here.
 */
package dev.vitrine.vision;
