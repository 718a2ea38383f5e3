/** What a user did that cannot be, in one sentence. */
package dev.vitrine.error;
