/** PyTorch through DJL as a contender. */
package dev.vitrine.bench.djl;
