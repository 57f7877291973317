package baton.chassis.database;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** An entity, so that Hibernate Reactive has something to do in tests. */
@Entity
public class Note {
  @Id public long id;
  public String text = "";
}
