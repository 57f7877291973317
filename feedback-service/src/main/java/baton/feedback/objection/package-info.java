/**
 * The register of objections: how often sales hears which one, from whom, at which stage, whether
 * more often than before, and whether there is material against it. Knows codes of the vocabulary;
 * what was written in words is not read here.
 */
@NullMarked
package baton.feedback.objection;

import org.jspecify.annotations.NullMarked;
