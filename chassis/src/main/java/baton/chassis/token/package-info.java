/**
 * OIDC access tokens: which provider is trusted, its keys as they are now, and whom a token stands
 * for. Off unless an issuer is named. What a person may do is said elsewhere.
 */
@NullMarked
package baton.chassis.token;

import org.jspecify.annotations.NullMarked;
