/**
 * What is linear is one layer: chains of linear layers composed into one each, with the formula,
 * the counts and a proof in numbers. {@code Collapse.of} is the door. Networks are values here:
 * none is trained, and what a person reads is written by {@code CollapseText} alone.
 */
package dev.vitrine.collapse;
