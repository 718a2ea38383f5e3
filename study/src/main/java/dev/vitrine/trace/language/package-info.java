/**
 * Expressions as a person writes them: read, shaped, evaluated, written again, and built into the
 * engine's graph. The traces and the command line may call it; derivatives are not taken here.
 */
package dev.vitrine.trace.language;
