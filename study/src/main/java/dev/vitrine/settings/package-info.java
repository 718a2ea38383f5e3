/**
 * What a training can be told, by name: the one list of settings from which the command line has
 * its options and a study its keys, and the way from them to a {@link dev.vitrine.run.RunConfig}.
 * Called by {@code lab} and {@code cli}; nothing is trained here, and nothing printed.
 */
package dev.vitrine.settings;
