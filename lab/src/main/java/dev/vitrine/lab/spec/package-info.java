/**
 * What a study is asked to find out, as a value, and its file. Anybody may call it; nothing here
 * trains or writes.
 */
package dev.vitrine.lab.spec;
