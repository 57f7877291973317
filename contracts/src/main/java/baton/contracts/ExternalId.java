package baton.contracts;

/**
 * What another system calls a lead or a deal. An id that looks like an e-mail or a phone number
 * travels as its HMAC.
 */
public record ExternalId(String system, String id) {}
