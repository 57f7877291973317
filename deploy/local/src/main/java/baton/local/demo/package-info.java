/**
 * One quarter of a company that doesn't exist: who came from where, what sales made of them. The
 * stories are told by a seed alone, without I/O; playing them is posting them through REST.
 */
@NullMarked
package baton.local.demo;

import org.jspecify.annotations.NullMarked;
