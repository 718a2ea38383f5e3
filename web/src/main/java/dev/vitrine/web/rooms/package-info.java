/**
 * The rooms of the lab page: each turns requests into calls of the classes that the commands use,
 * and what they return into JSON. Only {@code dev.vitrine.web} calls it; nothing is computed here.
 */
package dev.vitrine.web.rooms;
