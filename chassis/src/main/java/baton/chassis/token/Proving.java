package baton.chassis.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a token is the provider's, meant for this installation, and still holds. Only the
 * provider's own keys count: what a token says of where its key is found is never followed.
 */
final class Proving {
  private static final Duration LEEWAY = Duration.ofSeconds(30);
  private static final int LONGEST_ID = 255;

  /** What became of a token. */
  sealed interface Verdict {
    record Proven(Person person) implements Verdict {}

    /** None of the keys at hand is the one it names. */
    record UnknownKey() implements Verdict {}

    record Refused() implements Verdict {}
  }

  private final ProviderSettings settings;
  private final String issuer;

  Proving(ProviderSettings settings, String issuer) {
    this.settings = settings;
    this.issuer = issuer;
  }

  Verdict prove(String token, List<JsonWebKey> keys, Instant now) {
    var resolver = new Resolver(keys);
    try {
      var context =
          new JwtConsumerBuilder()
              .setJwsAlgorithmConstraints(
                  ConstraintType.PERMIT,
                  AlgorithmIdentifiers.RSA_USING_SHA256,
                  AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
              .setExpectedIssuer(true, issuer)
              .setExpectedAudience(true, settings.audience())
              .setRequireExpirationTime()
              .setRequireSubject()
              .setAllowedClockSkewInSeconds((int) LEEWAY.toSeconds())
              .setEvaluationTime(NumericDate.fromMilliseconds(now.toEpochMilli()))
              .setVerificationKeyResolver(resolver)
              .build()
              .process(token);
      return person(context.getJwtClaims());
    } catch (InvalidJwtException | MalformedClaimException refused) {
      return resolver.isUnknown ? new Verdict.UnknownKey() : new Verdict.Refused();
    }
  }

  private Verdict person(JwtClaims claims) throws MalformedClaimException {
    var kind = claims.getClaimValue("typ");
    var subject = claims.getSubject();
    if (kind instanceof String word && !word.equalsIgnoreCase("Bearer")
        || subject.isBlank()
        || subject.length() > LONGEST_ID) {
      return new Verdict.Refused();
    }
    return new Verdict.Proven(
        new Person(
            subject,
            roles(claims.getClaimsMap()),
            text(claims.getClaimValue(settings.sellerClaim())),
            Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis()).plus(LEEWAY)));
  }

  private Set<String> roles(Map<String, Object> claims) {
    Object at = claims;
    for (var member : settings.rolesClaim().split("/", -1)) {
      at = at instanceof Map<?, ?> object ? object.get(member) : null;
    }
    var roles = new HashSet<String>();
    if (at instanceof Collection<?> named) {
      for (var name : named) {
        if (name instanceof String word) {
          roles.add(settings.roles().getOrDefault(word, word));
        }
      }
    }
    return Set.copyOf(roles);
  }

  private static @Nullable String text(@Nullable Object claim) {
    return claim instanceof String text && !text.isBlank() && text.length() <= LONGEST_ID
        ? text
        : null;
  }

  /** The provider's key that a token names. */
  private static final class Resolver implements VerificationKeyResolver {
    private final List<JsonWebKey> keys;
    private boolean isUnknown;

    Resolver(List<JsonWebKey> keys) {
      this.keys = keys;
    }

    @Override
    public java.security.Key resolveKey(
        JsonWebSignature token, List<org.jose4j.jwx.JsonWebStructure> nesting)
        throws UnresolvableKeyException {
      try {
        var key = new VerificationJwkSelector().selectWithVerifySignatureDisambiguate(token, keys);
        if (key != null) {
          return key.getKey();
        }
      } catch (JoseException garbled) {
        throw new UnresolvableKeyException("no key verifies it", garbled);
      }
      isUnknown = true;
      throw new UnresolvableKeyException("none of the provider's keys is this one");
    }
  }
}
