package baton.reporting.calibration;

/** What journeys don't keep of leads. Takes its time: ask beside the event loops. */
public interface Particulars {

  /** Tells the sheet all that was said of the leads it knows. */
  void tell(Sheet sheet);
}
