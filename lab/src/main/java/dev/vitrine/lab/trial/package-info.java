/**
 * The trials of a study, trained side by side, each in a run folder of its own. Called by {@code
 * lab}'s door; what happens goes into the journal, and nothing here prints. Nothing but {@link
 * dev.vitrine.lab.trial.TestVault} can reach a test example.
 */
package dev.vitrine.lab.trial;
