/**
 * The commands. The only package that prints or exits; nothing calls it but the launcher. No
 * computing happens here: a command reads options, calls the library, and shows what came back.
 */
package dev.vitrine.cli;
