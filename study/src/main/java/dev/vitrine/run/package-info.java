/**
 * A training on disk: the folder that it leaves, its configuration and checkpoints, going on with
 * it, and the networks opened from it. Nothing here prints.
 */
package dev.vitrine.run;
