/** Networks as data: those with a name, and those described by a user's file. */
package dev.vitrine.zoo;
