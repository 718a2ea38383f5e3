/**
 * The door of the lab: a study in a folder, begun, gone on with, extended and read. Called by
 * {@code cli} and whoever shows or distributes studies; nothing here prints.
 */
package dev.vitrine.lab;
