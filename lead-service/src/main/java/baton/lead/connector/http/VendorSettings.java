package baton.lead.connector.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Where vendors keep the leads that they announce. */
@ConfigMapping(prefix = "baton.fetch")
interface VendorSettings {
  @WithDefault("https://api.hubapi.com")
  String hubspot();

  /** What a contact is asked for; a mapping can read no more. */
  @WithDefault("email,firstname,lastname,phone,mobilephone,jobtitle,company,website,country")
  String hubspotProperties();

  @WithDefault("https://graph.facebook.com")
  String meta();

  /** A version of the Graph API holds for two years. */
  @WithDefault("v23.0")
  String metaVersion();

  @WithDefault("https://api.linkedin.com")
  String linkedin();

  /** A version of LinkedIn's API holds for a year. */
  @WithDefault("202601")
  String linkedinVersion();

  /** From connecting to the end of the answer. */
  @WithDefault("PT10S")
  Duration timeout();
}
