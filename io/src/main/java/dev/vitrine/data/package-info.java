/**
 * Images in memory, what a network is to say of them, where they come from and in which order they
 * are used. Everything random here is a pure function of a seed; nothing here prints. Uses {@link
 * dev.vitrine.format} for files; only the downloader touches the network.
 */
package dev.vitrine.data;
