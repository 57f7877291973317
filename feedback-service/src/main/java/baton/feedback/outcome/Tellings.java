package baton.feedback.outcome;

/** Reads what is sent into what is told, or says everything that is wrong with it. */
public interface Tellings {
  Told read(byte[] command, Teller teller);
}
